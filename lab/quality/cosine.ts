/**
 * The cosine of the features of two items.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";

/**
 * `⟨x, y⟩/(‖x‖‖y‖)` of two rows; 0 where one is 0.
 *
 * @param modality The features.
 * @param a An item.
 * @param b Another one.
 * @example
 * ```ts
 * import { cosineOf } from "./cosine.ts";
 * const values = new Float32Array([1, 0, 3, 4]);
 * cosineOf({ name: "image", rows: 2, columns: 2, values }, 0, 1); // 0.6
 * ```
 */
export function cosineOf({ columns, values }: Modality, a: number, b: number): number {
  const [from, other] = [a * columns, b * columns];
  let [product, left, right] = [0, 0, 0];
  for (let c = 0; c < columns; c++) {
    const [x, y] = [values[from + c], values[other + c]];
    product += x * y;
    left += x * x;
    right += y * y;
  }
  return left === 0 || right === 0 ? 0 : product / Math.sqrt(left * right);
}
