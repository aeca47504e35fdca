/**
 * Plain f64 loops for dense matrices, the oracle of the op checks.
 *
 * @module
 */

/** `op(A)·op(B)`, with A m×k (or k×m) and B k×n (or n×k). */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  n: number,
  k: number,
  transposeA = false,
  transposeB = false,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        c[i * n + j] += a[transposeA ? l * m + i : i * k + l] *
          b[transposeB ? j * k + l : l * n + j];
      }
    }
  }
  return c;
}
