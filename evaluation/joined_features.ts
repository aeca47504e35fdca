/**
 * The features of all modalities of a dataset in one table (methods.md, §9).
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import { standardiseFeatures } from "../data/modalities.ts";

/**
 * The standardised columns of each modality in rows of length 1, side by side, so that a modality that an item
 * lacks does not count in a cosine.
 *
 * @param modalities The modalities, at least one.
 * @param known Means and deviations are those of the first so many items (default: of all).
 * @returns `items×columns`, with the columns of all modalities; an item without features has a row of 0.
 * @example
 * ```ts
 * import { joinedFeatures } from "./joined_features.ts";
 * const values = new Float32Array([1, 3]);
 * joinedFeatures([{ name: "image", rows: 2, columns: 1, values }]).values; // [-1, 1]
 * ```
 */
export function joinedFeatures(
  modalities: readonly Modality[],
  known: number = modalities[0].rows,
): Modality {
  const columns = modalities.reduce((sum, modality) => sum + modality.columns, 0);
  const { rows } = modalities[0];
  const values = new Float32Array(rows * columns);
  let first = 0;
  for (const modality of modalities) {
    const standardised = standardiseFeatures(modality, known);
    for (let item = 0; item < rows; item++) {
      const row = featureRow(standardised, item);
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      if (length > 0) values.set(row.map((value) => value / length), item * columns + first);
    }
    first += modality.columns;
  }
  return { name: "all modalities", rows, columns, values };
}

/**
 * The features of an item.
 *
 * @param modality The modality.
 * @param item The item's index.
 * @returns A view.
 */
export function featureRow({ values, columns }: Modality, item: number): Float32Array {
  return values.subarray(item * columns, (item + 1) * columns);
}
