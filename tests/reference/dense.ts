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

/** A^-1 of a symmetric positive definite matrix `n×n`, by Cholesky's factor. */
export function symmetricInverse(a: ArrayLike<number>, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = a[i * n + j];
      for (let k = 0; k < j; k++) value -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = i === j ? Math.sqrt(value) : value / l[j * n + j];
    }
  }
  // Column by column of L^-1, and then L^-T·L^-1.
  const m = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    for (let i = c; i < n; i++) {
      let value = i === c ? 1 : 0;
      for (let k = c; k < i; k++) value -= l[i * n + k] * m[k * n + c];
      m[i * n + c] = value / l[i * n + i];
    }
  }
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i <= k; i++) {
      for (let j = 0; j <= k; j++) inverse[i * n + j] += m[k * n + i] * m[k * n + j];
    }
  }
  return inverse;
}
