/**
 * Shares of rows.
 *
 * @module
 */

/** Shares such as .1 + .2 are a little off: a product this close to an integer is that integer. */
const rounding = 1e-9;

/**
 * How many whole rows a share is, rounded down.
 *
 * @param product The share times the number of rows.
 * @example
 * ```ts
 * import { wholeRows } from "./whole_rows.ts";
 * wholeRows((1 - 0.9) * 10); // 1
 * ```
 */
export function wholeRows(product: number): number {
  return Math.floor(product + rounding);
}
