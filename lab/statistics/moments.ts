/**
 * Mean and deviation of a sample.
 *
 * @module
 */

/** What is told of a sample of numbers. */
export interface Moments {
  /** The mean; NaN of none. Of equal numbers it is that number, and their deviation 0, with no rounding in between. */
  readonly mean: number;
  /** The sample deviation, `√(Σ(x − mean)²/(n − 1))`; NaN of fewer than two numbers. */
  readonly deviation: number;
}

/**
 * The mean and the sample deviation of numbers.
 *
 * @param values The numbers.
 * @example
 * ```ts
 * import { moments } from "./moments.ts";
 * moments([1, 3]); // { mean: 2, deviation: 1.4142135623730951 }
 * ```
 */
export function moments(values: ArrayLike<number>): Moments {
  const { length } = values;
  let sum = 0;
  let areEqual = true;
  for (let n = 0; n < length; n++) {
    sum += values[n];
    areEqual &&= values[n] === values[0];
  }
  const mean = areEqual && length > 0 ? values[0] : sum / length;
  let squares = 0;
  for (let n = 0; n < length; n++) squares += (values[n] - mean) ** 2;
  return { mean, deviation: length < 2 ? NaN : Math.sqrt(squares / (length - 1)) };
}
