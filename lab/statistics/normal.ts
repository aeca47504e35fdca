/**
 * The tails of the standard normal distribution.
 *
 * @module
 */
import { continuedFraction } from "./continued_fraction.ts";

/** Up to here a series is summed; beyond, a continued fraction takes few terms. */
const seriesEnd = 2;

/**
 * The probability of a value at least as far from 0 as another, `erfc(|z|/√2)`.
 *
 * @param z The other one.
 * @returns To a relative error of about 1e-13, in the tails too.
 * @example
 * ```ts
 * import { normalTails } from "./normal.ts";
 * normalTails(1.959963984540054); // 0.05
 * ```
 */
export function normalTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === Infinity) return 0;
  const density = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x > seriesEnd) {
    // DLMF 7.9.3 at z = ix: √π·exp(x²)·erfc(x) as a fraction.
    return density * continuedFraction((n) => [n === 1 ? 1 : (n - 1) / 2, x]);
  }
  // DLMF 7.6.2: erf(x) = 2/√π·exp(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, all terms positive.
  let [term, sum] = [x, 0];
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= 2 * x * x / (2 * n + 1);
  }
  return 1 - 2 * density * sum;
}
