/**
 * Correction of p-values for their number (Holm, Scandinavian Journal of Statistics 6, 1979).
 *
 * @module
 */

/**
 * The p-values of a family of tests, so that the chance of rejecting any hypothesis that holds is at most the level at
 * which they are read: the k-th smallest of m, counted from 0, times `m − k`, none less than a smaller one's, none
 * above 1.
 *
 * @param values The p-values.
 * @returns The corrected ones, in the same order.
 * @example
 * ```ts
 * import { holm } from "./holm.ts";
 * holm([0.03, 0.01]); // [0.03, 0.02]
 * ```
 */
export function holm(values: readonly number[]): number[] {
  const corrected = new Array<number>(values.length);
  let least = 0;
  [...values.keys()].sort((one, other) => values[one] - values[other]).forEach((place, n) => {
    least = Math.max(least, Math.min(1, (values.length - n) * values[place]));
    corrected[place] = least;
  });
  return corrected;
}
