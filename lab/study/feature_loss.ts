/**
 * Features of a poorer encoder: fewer columns, or fewer values in each.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { hashOf, normalAt, streams } from "../../gpu/random.ts";

/**
 * A random projection to a share of the columns, `X·P/√c` with P of standard normal numbers and c columns (Johnson
 * and Lindenstrauss, 1984): distances between items stay what they are, up to about `1/√c`.
 *
 * @param modality The features, which stay as they are.
 * @param share The share of the columns that is left, above 0 and at most 1; one column is left at least.
 * @param seed What P follows from, with the name of the modality.
 * @example
 * ```ts
 * import { projected } from "./feature_loss.ts";
 * const image = { name: "image", rows: 1, columns: 4, values: new Float32Array([1, 2, 3, 4]) };
 * projected(image, 0.5, 1).columns; // 2
 * ```
 */
export function projected(modality: Modality, share: number, seed: number): Modality {
  const { name, rows, columns, values } = modality;
  const few = Math.max(1, Math.round(share * columns));
  const stream = (streams.projection + hashOf(name)) >>> 0;
  const projection = Float64Array.from(
    { length: columns * few },
    (_, index) => normalAt(seed, stream, index) / Math.sqrt(few),
  );
  const products = new Float32Array(rows * few);
  const sums = new Float64Array(few);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      const start = column * few;
      for (let to = 0; to < few; to++) sums[to] += value * projection[start + to];
    }
    products.set(sums, row * few);
  }
  return { name, rows, columns: few, values: products };
}

/**
 * Each column in few values: 2^bits levels, evenly spread from its least to its greatest value; each value goes to
 * the nearest level.
 *
 * @param modality The features, which stay as they are.
 * @param bits Bits of a value, 1 to 16.
 * @example
 * ```ts
 * import { quantised } from "./feature_loss.ts";
 * const values = new Float32Array([0, 0.4, 0.9, 1]);
 * quantised({ name: "image", rows: 4, columns: 1, values }, 1).values; // [0, 0, 1, 1]
 * ```
 */
export function quantised(modality: Modality, bits: number): Modality {
  const { rows, columns } = modality;
  const values = modality.values.slice();
  const steps = 2 ** bits - 1;
  for (let column = 0; column < columns; column++) {
    let [least, greatest] = [Infinity, -Infinity];
    for (let at = column; at < values.length; at += columns) {
      least = Math.min(least, values[at]);
      greatest = Math.max(greatest, values[at]);
    }
    if (least === greatest) continue;
    const step = (greatest - least) / steps;
    for (let row = 0; row < rows; row++) {
      const at = row * columns + column;
      values[at] = least + step * Math.round((values[at] - least) / step);
    }
  }
  return { ...modality, values };
}
