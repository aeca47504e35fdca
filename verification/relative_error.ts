/**
 * How far numbers are from others.
 *
 * @module
 */

/**
 * The greatest difference, relative to the largest magnitude of what is expected; NaN where there is one.
 *
 * @param found The numbers.
 * @param expected What they should be.
 * @param zero A largest magnitude up to it counts as zero: the difference is given as it is.
 * @example
 * ```ts
 * import { relativeError } from "./relative_error.ts";
 * relativeError([1, 3], [1, 4]); // 0.25
 * ```
 */
export function relativeError(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  zero = 0,
): number {
  let largest = 0;
  let difference = 0;
  for (let n = 0; n < expected.length; n++) {
    largest = Math.max(largest, Math.abs(expected[n]));
    // Not Math.max: it must keep a NaN.
    const here = Math.abs(found[n] - expected[n]);
    if (!(here <= difference)) difference = here;
  }
  // A true zero cannot be compared relative to itself; it has to be small beside any gradient.
  return largest <= zero ? difference : difference / largest;
}
