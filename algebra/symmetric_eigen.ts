/**
 * The eigenpairs of a small symmetric matrix in f64, on the CPU.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";

/** Milliseconds between two looks at whether a computation is to end. */
const patience = 200;

/** Eigenpairs of an `n×n` matrix. */
export interface Eigenpairs {
  /** `n` eigenvalues, descending. */
  readonly values: Float64Array;
  /** `n×n`; column k, the entries `vectors[i·n+k]`, is the unit eigenvector of value k. */
  readonly vectors: Float64Array;
}

/**
 * All eigenpairs: Householder tridiagonalisation, then QL with implicit shifts (tred2 and tql2 of
 * Martin, Reinsch and Wilkinson, Numerische Mathematik 11, 1968; the EISPACK routines).
 *
 * Backward stable: residuals and orthogonality are of the order of the machine's precision times the
 * norm of the matrix. The sign of a vector is such that its largest entry is positive.
 *
 * @param matrix `n×n`, row-major; the lower triangle is read.
 * @param n Its size.
 * @throws {Error} An eigenvalue has not converged in 50 sweeps, which a matrix of numbers does.
 * @example
 * ```ts
 * import { symmetricEigen } from "./symmetric_eigen.ts";
 * symmetricEigen(new Float64Array([2, 1, 1, 2]), 2).values; // [3, 1]
 * ```
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigenpairs {
  for (const steps = eigenSteps(matrix, n);;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same for a matrix that takes seconds: it lets other things happen between, and ends early.
 *
 * @param matrix `n×n`, row-major; the lower triangle is read.
 * @param n Its size.
 * @param signal Ends it early.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function symmetricEigenAsync(
  matrix: ArrayLike<number>,
  n: number,
  signal?: AbortSignal,
): Promise<Eigenpairs> {
  let rested = performance.now();
  for (const steps = eigenSteps(matrix, n);;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - rested < patience) continue;
    await new Promise((resolve) => setTimeout(resolve));
    refuseAborted(signal);
    rested = performance.now();
  }
}

/** Yields after each of its steps of O(n²). */
function* eigenSteps(matrix: ArrayLike<number>, n: number): Generator<void, Eigenpairs> {
  // Columns are stored one after the other: all inner loops run down a column.
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) vectors[j * n + i] = matrix[i * n + j];
  }
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  yield* tridiagonalise(vectors, diagonal, offDiagonal, n);
  yield* diagonalise(vectors, diagonal, offDiagonal, n);
  return sorted(vectors, diagonal, n);
}

/** tred2: `v` becomes the orthogonal transformation, `d` the diagonal, `e` the one below it. */
function* tridiagonalise(
  v: Float64Array,
  d: Float64Array,
  e: Float64Array,
  n: number,
): Generator<void> {
  for (let j = 0; j < n; j++) d[j] = v[j * n + n - 1];
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      const f = d[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      for (let j = 0; j < i; j++) {
        const dj = d[j];
        v[i * n + j] = dj;
        let sum = e[j] + v[j * n + j] * dj;
        for (let k = j + 1; k < i; k++) {
          sum += v[j * n + k] * d[k];
          e[k] += v[j * n + k] * dj;
        }
        e[j] = sum;
      }
      let product = 0;
      for (let j = 0; j < i; j++) {
        e[j] /= h;
        product += e[j] * d[j];
      }
      const half = product / (h + h);
      for (let j = 0; j < i; j++) e[j] -= half * d[j];
      for (let j = 0; j < i; j++) {
        const dj = d[j];
        const ej = e[j];
        for (let k = j; k < i; k++) v[j * n + k] -= dj * e[k] + ej * d[k];
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
      }
    }
    d[i] = h;
    yield;
  }
  yield* accumulate(v, d, n);
  e[0] = 0;
}

/** The transformation of {@linkcode tridiagonalise}, from its reflections. */
function* accumulate(v: Float64Array, d: Float64Array, n: number): Generator<void> {
  for (let i = 0; i < n - 1; i++) {
    v[i * n + n - 1] = v[i * n + i];
    v[i * n + i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[(i + 1) * n + k] / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[(i + 1) * n + k] * v[j * n + k];
        for (let k = 0; k <= i; k++) v[j * n + k] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[(i + 1) * n + k] = 0;
    yield;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1];
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
}

/** tql2: rotates the tridiagonal matrix to a diagonal one, and `v` with it. */
function* diagonalise(
  v: Float64Array,
  d: Float64Array,
  e: Float64Array,
  n: number,
): Generator<void> {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  // What is left of a matrix of low rank can be rounding of rounding errors, down to numbers so small
  // that they have a few bits alone: rotations made of those would not be orthogonal.
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  const nothing = Number.EPSILON ** 2 * norm;
  for (let i = 0; i < n; i++) if (Math.abs(e[i]) < nothing) e[i] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * largest) m++;
    for (let sweep = 0; m > l && Math.abs(e[l]) > Number.EPSILON * largest; sweep++) {
      if (sweep === 50) throw new Error(`Eigenvalue ${l} of ${n} has not converged`);
      const g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const next = d[l + 1];
      const h = g - d[l];
      for (let i = l + 2; i < n; i++) d[i] -= h;
      shift += h;
      p = d[m];
      let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
      const below = e[l + 1];
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        const old = c * e[i];
        const projected = c * p;
        r = Math.hypot(p, e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * old;
        d[i + 1] = projected + s * (c * old + s * d[i]);
        const left = i * n;
        for (let at = left; at < left + n; at++) {
          const right = v[at + n];
          v[at + n] = s * v[at] + c * right;
          v[at] = c * v[at] - s * right;
        }
      }
      p = -s * s2 * c3 * below * e[l] / next;
      e[l] = s * p;
      d[l] = c * p;
    }
    d[l] += shift;
    e[l] = 0;
    yield;
  }
}

function sorted(v: Float64Array, d: Float64Array, n: number): Eigenpairs {
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => d[b] - d[a] || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const entry = v[from * n + i];
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[i * n + k] = sign * v[from * n + i];
  });
  return { values: Float64Array.from(order, (k) => d[k]), vectors };
}
