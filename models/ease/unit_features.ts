/**
 * Features as EASE takes them: as rows of a matrix beside those of the users.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { standardiseFeatures } from "../../data/modalities.ts";

/** A modality, and how much it weighs. */
export interface WeightedModality {
  /** The features. */
  readonly modality: Modality;
  /** w, above 0. */
  readonly weight: number;
}

/**
 * `√w·F`, F the standardised columns of a modality with rows of length 1; an item without
 * features has a row of zeros.
 *
 * @param weighted The modality.
 * @returns `I×columns`, row-major.
 * @example
 * ```ts
 * import { featureRows } from "./unit_features.ts";
 * const modality = { name: "text", rows: 2, columns: 1, values: Float32Array.of(1, 3) };
 * featureRows({ modality, weight: 4 }); // [-2, 2]
 * ```
 */
export function featureRows({ modality, weight }: WeightedModality): Float32Array {
  const { rows, columns, values } = standardiseFeatures(modality);
  for (let row = 0; row < rows; row++) {
    const one = values.subarray(row * columns, (row + 1) * columns);
    const length = Math.sqrt(one.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) continue;
    const scale = Math.sqrt(weight) / length;
    for (let column = 0; column < columns; column++) one[column] *= scale;
  }
  return values;
}

/**
 * Some columns of a table as rows, the rest zeros.
 *
 * @param table `items×columns`, row-major.
 * @param items Its rows.
 * @param first The first column.
 * @param shape Rows, for as many columns at most, and their length, at least the items.
 */
export function columnsAsRows(
  table: Float32Array,
  items: number,
  first: number,
  shape: { readonly rows: number; readonly columns: number },
): Float32Array {
  const columns = table.length / items;
  const result = new Float32Array(shape.rows * shape.columns);
  const count = Math.min(shape.rows, columns - first);
  for (let item = 0; item < items; item++) {
    for (let n = 0; n < count; n++) {
      result[n * shape.columns + item] = table[item * columns + first + n];
    }
  }
  return result;
}
