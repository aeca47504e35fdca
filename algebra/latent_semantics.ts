/**
 * Latent semantic analysis (Deerwester et al., JASIS 41, 1990): a sparse matrix of texts and terms
 * reduced to its leading singular directions, in f64 on the CPU.
 *
 * @module
 */
import type { Csr } from "./csr.ts";
import { normal, uniforms } from "./random_sequence.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** Rows of a sparse matrix in few dimensions. */
export interface LatentSemantics {
  /** Number of dimensions: those asked for, or the rank of the matrix where that is less. */
  readonly columns: number;
  /** `rows×columns` products of the rows with the leading right singular vectors. */
  readonly values: Float32Array<ArrayBuffer>;
  /** `terms×columns`: the leading right singular vectors, by which other rows get their dimensions. */
  readonly directions: Float32Array<ArrayBuffer>;
  /** The leading singular values, descending. */
  readonly singularValues: Float64Array;
  /** The share of the squared Frobenius norm that is kept, from 0 to 1. */
  readonly kept: number;
}

/** Columns of the iterated block beyond those asked for: they speed up the last ones. */
const oversampling = 16;
/** The iteration ends where what is captured changes by less than this share of itself. */
const tolerance = 1e-5;
const mostIterations = 40;
/** Directions with a smaller share of the largest squared length are rounding. */
const rounding = 1e-13;

/**
 * The leading singular directions of a sparse matrix X by subspace iteration on XᵀX from a fixed
 * random start, with a Rayleigh–Ritz step at its end (Halko, Martinsson and Tropp, SIAM Review 53,
 * 2011, §4.5). The same on every run.
 *
 * @param matrix X, `rows×terms`.
 * @param dimensions How many are wanted, at least 1.
 * @example
 * ```ts
 * import { latentSemantics } from "./latent_semantics.ts";
 * const [rowStart, column] = [new Uint32Array([0, 1, 2]), new Uint32Array([0, 0])];
 * const matrix = { rows: 2, columns: 1, rowStart, column, value: new Float32Array([3, 4]) };
 * latentSemantics(matrix, 1).singularValues; // [5]
 * ```
 */
export function latentSemantics(matrix: Csr, dimensions: number): LatentSemantics {
  const { rows, columns } = matrix;
  const total = matrix.value.reduce((sum, value) => sum + value * value, 0);
  let width = Math.min(dimensions + oversampling, rows, columns);
  const uniform = uniforms(1);
  let basis = new Float64Array(columns * width);
  for (let n = 0; n < basis.length; n++) basis[n] = normal(uniform);
  let captured = 0;
  for (let iteration = 0; iteration < mostIterations && width > 0; iteration++) {
    const image = applyGram(matrix, basis, width);
    const { values, vectors } = symmetricEigen(gram(image, columns, width), width);
    const before = captured;
    const independent = values.filter((value) => value > rounding * values[0]).length;
    captured = 0;
    for (let k = 0; k < Math.min(dimensions, independent); k++) captured += Math.sqrt(values[k]);
    // The image's span, with orthonormal columns: image·V·Λ^-½.
    basis = product(
      image,
      columns,
      width,
      scaledColumns(vectors, width, values, independent),
      independent,
    );
    width = independent;
    // Without a gap, directions turn for long within their span, which does not matter.
    if (iteration > 2 && Math.abs(captured - before) <= tolerance * captured) break;
  }
  return project(matrix, basis, width, dimensions, total);
}

/** XᵀX·Q, a row of X at a time. */
function applyGram(matrix: Csr, basis: Float64Array, width: number): Float64Array {
  const image = new Float64Array(basis.length);
  const row = new Float64Array(width);
  for (let n = 0; n < matrix.rows; n++) {
    multiplyRow(matrix, n, basis, width, row);
    for (let entry = matrix.rowStart[n]; entry < matrix.rowStart[n + 1]; entry++) {
      const to = matrix.column[entry] * width;
      const value = matrix.value[entry];
      for (let k = 0; k < width; k++) image[to + k] += value * row[k];
    }
  }
  return image;
}

/** Row n of X·Q. */
function multiplyRow(
  matrix: Csr,
  n: number,
  basis: Float64Array,
  width: number,
  row: Float64Array,
) {
  row.fill(0);
  for (let entry = matrix.rowStart[n]; entry < matrix.rowStart[n + 1]; entry++) {
    const from = matrix.column[entry] * width;
    const value = matrix.value[entry];
    for (let k = 0; k < width; k++) row[k] += value * basis[from + k];
  }
}

/** ZᵀZ, `width×width`; its lower triangle, which is all that the eigensolver reads. */
function gram(table: Float64Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    for (let i = 0; i < width; i++) {
      const left = table[at + i];
      if (left === 0) continue;
      const to = i * width;
      for (let j = 0; j <= i; j++) sums[to + j] += left * table[at + j];
    }
  }
  return sums;
}

/** The first `count` eigenvectors, each divided by the root of its value. */
function scaledColumns(
  vectors: Float64Array,
  width: number,
  values: Float64Array,
  count: number,
): Float64Array {
  const scaled = new Float64Array(width * count);
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < count; k++) {
      scaled[i * count + k] = vectors[i * width + k] / Math.sqrt(values[k]);
    }
  }
  return scaled;
}

/** A·B with A `rows×inner` and B `inner×columns`. */
function product(
  a: Float64Array,
  rows: number,
  inner: number,
  b: Float64Array,
  columns: number,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const to = row * columns;
    for (let i = 0; i < inner; i++) {
      const left = a[row * inner + i];
      if (left === 0) continue;
      const from = i * columns;
      for (let k = 0; k < columns; k++) result[to + k] += left * b[from + k];
    }
  }
  return result;
}

/** Rayleigh and Ritz: within the span of Q, the directions in which X is largest. */
function project(
  matrix: Csr,
  basis: Float64Array,
  width: number,
  dimensions: number,
  total: number,
): LatentSemantics {
  const { rows } = matrix;
  const scores = new Float64Array(rows * width);
  for (let n = 0; n < rows; n++) {
    multiplyRow(matrix, n, basis, width, scores.subarray(n * width, (n + 1) * width));
  }
  const { values, vectors } = symmetricEigen(gram(scores, rows, width), width);
  const columns = Math.min(
    dimensions,
    values.filter((value) => value > rounding * values[0]).length,
  );
  const leading = new Float64Array(width * columns);
  for (let i = 0; i < width; i++) {
    leading.set(vectors.subarray(i * width, i * width + columns), i * columns);
  }
  const kept = values.subarray(0, columns);
  return {
    columns,
    values: Float32Array.from(product(scores, rows, width, leading, columns)),
    directions: Float32Array.from(product(basis, matrix.columns, width, leading, columns)),
    singularValues: kept.map(Math.sqrt),
    kept: total > 0 ? kept.reduce((sum, value) => sum + value, 0) / total : 0,
  };
}
