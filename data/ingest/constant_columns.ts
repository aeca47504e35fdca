/**
 * Columns of features in which all items are alike.
 *
 * @module
 */

/**
 * Which columns are not the same for all items that have features.
 *
 * @param values `items×columns`, row-major.
 * @param columns Number of columns.
 * @param present Whether each item has features.
 * @returns 1 for each column that varies.
 * @example
 * ```ts
 * import { varyingColumns } from "./constant_columns.ts";
 * varyingColumns(new Float32Array([1, 2, 1, 3]), 2, new Uint8Array([1, 1])); // [0, 1]
 * ```
 */
export function varyingColumns(
  values: Float32Array,
  columns: number,
  present: Uint8Array,
): Uint8Array {
  const first = present.indexOf(1);
  const varies = new Uint8Array(columns);
  let varying = 0;
  for (let item = first + 1; item < present.length && varying < columns; item++) {
    if (present[item] === 0) continue;
    for (let c = 0; c < columns; c++) {
      if (varies[c] === 1 || values[item * columns + c] === values[first * columns + c]) continue;
      varies[c] = 1;
      varying++;
    }
  }
  return varies;
}

/**
 * What is to be said of features that tell items apart in nothing.
 *
 * @param values `items×columns`, row-major.
 * @param columns Number of columns.
 * @param present Whether each item has features.
 * @returns A sentence, or none.
 * @example
 * ```ts
 * import { constantRemarks } from "./constant_columns.ts";
 * constantRemarks(new Float32Array([1, 2, 1, 3]), 2, new Uint8Array([1, 1])).length; // 1
 * ```
 */
export function constantRemarks(
  values: Float32Array,
  columns: number,
  present: Uint8Array,
): string[] {
  const items = present.reduce((sum, one) => sum + one, 0);
  if (items < 2) return [];
  const varies = varyingColumns(values, columns, present);
  const varying = varies.reduce((sum, one) => sum + one, 0);
  if (varying === columns) return [];
  if (varying === 0) {
    return ["All items have the same vector, which cannot tell them apart"];
  }
  const constant = columns - varying;
  return [
    `The same for all items: ${constant} of ${columns} columns, such as column ` +
    `${varies.indexOf(0) + 1}`,
  ];
}
