/**
 * Effective rank (Roy and Vetterli, "The effective rank: A measure of effective dimensionality", EUSIPCO 2007,
 * definition 1): in how many directions a matrix extends, by how evenly.
 *
 * @module
 */

/**
 * The exponential of the entropy of the singular values, which count as shares of their sum.
 *
 * @param singularValues Singular values of a matrix, of at least 0, in any order.
 * @returns From 1, of a matrix of rank 1, to the number of values where all are alike; 0 of a matrix of zeros.
 * @example
 * ```ts
 * import { effectiveRank } from "./effective_rank.ts";
 * effectiveRank([2, 2, 2, 0]); // 3, but for rounding
 * ```
 */
export function effectiveRank(singularValues: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < singularValues.length; k++) sum += singularValues[k];
  if (sum === 0) return 0;
  let entropy = 0;
  for (let k = 0; k < singularValues.length; k++) {
    const share = singularValues[k] / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
