/**
 * Items whose rows point in similar directions.
 *
 * @module
 */

/**
 * The k rows with the largest cosine to a row, that row itself left out; ties by smaller index.
 *
 * @param values `n×columns`, row-major.
 * @param columns Numbers a row.
 * @param index The row to compare with.
 * @param k How many.
 * @param candidates The rows that may be given (default: all).
 * @returns Their indices, best first, and their cosines; a row of zeros has cosine 0 with all others.
 * @example
 * ```ts
 * import { similarRows } from "./similar_rows.ts";
 * similarRows(new Float32Array([1, 0, 0, 1, 2, 1]), 2, 0, 1).items; // [2]
 * ```
 */
export function similarRows(
  values: Float32Array,
  columns: number,
  index: number,
  k: number,
  candidates: Uint32Array = Uint32Array.from(
    { length: values.length / columns },
    (_, row) => row,
  ),
): { items: Uint32Array; scores: Float32Array } {
  const product = (a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += values[a * columns + c] * values[b * columns + c];
    return sum;
  };
  const own = Math.sqrt(product(index, index));
  const cosines = new Map<number, number>();
  for (const row of candidates) {
    if (row === index) continue;
    const lengths = own * Math.sqrt(product(row, row));
    cosines.set(row, lengths === 0 ? 0 : product(index, row) / lengths);
  }
  const best = [...cosines].sort(([a, x], [b, y]) => y - x || a - b).slice(0, k);
  return {
    items: Uint32Array.from(best, ([row]) => row),
    scores: Float32Array.from(best, ([, cosine]) => cosine),
  };
}
