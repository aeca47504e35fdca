/**
 * Plain f64 loops for sparse matrices, the oracle of the op checks.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";

/** `A·x`, x with d columns. */
export function sparseProduct(matrix: Csr, x: ArrayLike<number>, d: number): Float64Array {
  const y = new Float64Array(matrix.rows * d);
  for (let row = 0; row < matrix.rows; row++) {
    for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
      for (let c = 0; c < d; c++) y[row * d + c] += matrix.value[n] * x[matrix.column[n] * d + c];
    }
  }
  return y;
}

/** `scale·Σ_{l≤layers} Aˡ·x`. */
export function propagated(
  matrix: Csr,
  x: ArrayLike<number>,
  d: number,
  layers: number,
  scale: number,
): Float64Array {
  let power = Float64Array.from(x);
  const sum = power.slice();
  for (let layer = 0; layer < layers; layer++) {
    power = sparseProduct(matrix, power, d) as Float64Array<ArrayBuffer>;
    power.forEach((value, n) => sum[n] += value);
  }
  return sum.map((value) => scale * value);
}

/** A random matrix; row 0 is full where `hub`, and every fifth row is empty. */
export function randomSparse(
  rows: number,
  columns: number,
  density: number,
  seed: number,
  hub = false,
): Csr {
  const next = uniforms(seed);
  const column: number[] = [];
  const rowStart = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) {
      const isEntry = hub && row === 0 || row % 5 !== 4 && next() < density;
      if (isEntry) column.push(c);
    }
    rowStart[row + 1] = column.length;
  }
  const value = Float32Array.from(column, () => 2 * next() - 1);
  return { rows, columns, rowStart, column: Uint32Array.from(column), value };
}
