/**
 * Random orthogonal directions, for the ablation of principal ones.
 *
 * @module
 */
import { hashOf, normalAt, streams } from "../../gpu/random.ts";

/**
 * An orthogonal matrix of random directions: Gram and Schmidt, twice, on normal numbers.
 *
 * @param size Number of directions, and their length.
 * @param seed What they follow from.
 * @returns `size×size`, a direction a row.
 * @example
 * ```ts
 * import { randomDirections } from "./random_directions.ts";
 * randomDirections(4, 0).length; // 16
 * ```
 */
export function randomDirections(size: number, seed: number): Float32Array<ArrayBuffer> {
  const stream = (streams.initialise + hashOf("random directions")) >>> 0;
  const rows: Float64Array[] = [];
  for (let n = 0; n < size; n++) {
    const row = Float64Array.from({ length: size }, (_, c) => normalAt(seed, stream, n * size + c));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) {
        const inner = row.reduce((sum, value, c) => sum + value * other[c], 0);
        row.forEach((value, c) => row[c] = value - inner * other[c]);
      }
    }
    const length = Math.hypot(...row);
    rows.push(row.map((value) => value / length));
  }
  return Float32Array.from(rows.flatMap((row) => Array.from(row)));
}
