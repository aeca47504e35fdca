/**
 * Items without features get the mean of those that have them, as MMRec's datasets do
 * (methods.md §1).
 *
 * @module
 */
import { DataError } from "../../errors.ts";

/**
 * Fills the rows of items without features by the mean of the others.
 *
 * @param values `items×columns`, row-major; written to.
 * @param columns Number of columns.
 * @param present Whether each item has features.
 * @param source Where they come from, for messages.
 * @param known The items that the mean is taken of, where they have features (default: all that have).
 * @returns The number of items that had none.
 * @throws {DataError} No item has any.
 * @example
 * ```ts
 * import { fillMissing } from "./fill_missing.ts";
 * const values = new Float32Array([1, 0, 3]);
 * fillMissing(values, 1, new Uint8Array([1, 0, 1]), "image.csv"); // 1
 * values; // [1, 2, 3]
 * ```
 */
export function fillMissing(
  values: Float32Array,
  columns: number,
  present: Uint8Array,
  source: string,
  known: Uint8Array = present,
): number {
  const count = present.reduce((sum, one) => sum + one, 0);
  const inMean = present.map((one, item) => one & known[item]);
  const meanOf = inMean.reduce((sum, one) => sum + one, 0);
  if (meanOf === 0) {
    const items = count === 0 ? `the ${present.length} items` : "the items with train rows";
    throw new DataError(
      `Cannot use "${source}": it has no features for any of ${items}`,
      "Check that it uses the same ids as the interactions",
    );
  }
  if (count === present.length) return 0;
  const mean = new Float64Array(columns);
  for (let item = 0; item < present.length; item++) {
    if (inMean[item] === 0) continue;
    for (let c = 0; c < columns; c++) mean[c] += values[item * columns + c];
  }
  for (let c = 0; c < columns; c++) mean[c] /= meanOf;
  for (let item = 0; item < present.length; item++) {
    if (present[item] === 0) values.set(mean, item * columns);
  }
  return present.length - count;
}
