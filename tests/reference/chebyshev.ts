/**
 * Chebyshev's recurrence in f64 (methods.md, §5).
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { sparseProduct } from "./sparse.ts";

/** `T_0(A)·x` to `T_order(A)·x`, x with d columns. */
export function chebyshevTermsOf(
  matrix: Csr,
  x: ArrayLike<number>,
  d: number,
  order: number,
): Float64Array[] {
  const terms = [Float64Array.from(x)];
  for (let k = 1; k <= order; k++) {
    const image = sparseProduct(matrix, terms[k - 1], d);
    terms.push(
      image.map((value, n) => k === 1 ? value : 2 * value - terms[k - 2][n]) as Float64Array<
        ArrayBuffer
      >,
    );
  }
  return terms;
}

/** `Σ_k coefficients[k]·terms[k]`. */
export function combined(terms: Float64Array[], coefficients: readonly number[]): Float64Array {
  return terms[0].map((_, n) => coefficients.reduce((sum, c, k) => sum + c * terms[k][n], 0));
}
