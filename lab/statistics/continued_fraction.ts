/**
 * Continued fractions, by which the tails of distributions are computed.
 *
 * @module
 */

/** Close enough to 1 for a factor that changes nothing any more. */
const tolerance = 2 ** -52;

/** What stands for a denominator of 0 (Lentz's method as modified by Thompson and Barnett). */
const tiny = 1e-300;

/**
 * `a₁/(b₁ + a₂/(b₂ + a₃/(b₃ + …)))` by the modified method of Lentz (Thompson and Barnett, J. Comput. Phys. 64, 1986;
 * DLMF §3.10(iii)).
 *
 * @param term Gives `a` and `b` of the n-th term, n counted from 1.
 * @example
 * ```ts
 * import { continuedFraction } from "./continued_fraction.ts";
 * continuedFraction(() => [1, 1]); // the golden ratio less 1
 * ```
 */
export function continuedFraction(term: (n: number) => readonly [a: number, b: number]): number {
  let [value, c, d] = [tiny, tiny, 0];
  for (let n = 1;; n++) {
    const [a, b] = term(n);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (!(Math.abs(c * d - 1) > tolerance)) return value;
  }
}
