/**
 * The filters of methods.md, §8, in f64 with dense matrices: the oracle of the sparse ones.
 *
 * @module
 */
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";
import type { Modality } from "../../data/dataset.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { product } from "./dense.ts";

/** A dense matrix, row-major. */
export interface Dense {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Its values. */
  readonly values: Float64Array;
}

/** `A·B`. */
export function times(a: Dense, b: Dense): Dense {
  const values = product(a.values, b.values, a.rows, b.columns, a.columns);
  return { rows: a.rows, columns: b.columns, values };
}

/** `Σ weight·matrix`. */
export function sumOf(terms: readonly (readonly [weight: number, matrix: Dense])[]): Dense {
  const [[, { rows, columns }]] = terms;
  const values = new Float64Array(rows * columns);
  for (const [weight, matrix] of terms) {
    matrix.values.forEach((value, n) => values[n] += weight * value);
  }
  return { rows, columns, values };
}

/** `diag(left)·A·diag(right)`. */
export function scaled(a: Dense, left: ArrayLike<number>, right: ArrayLike<number>): Dense {
  const values = a.values.map((value, n) =>
    left[Math.floor(n / a.columns)] * value * right[n % a.columns]
  );
  return { ...a, values };
}

/** Powers of degrees; that of 0 is 0. */
export const powers = (degrees: ArrayLike<number>, exponent: number): number[] =>
  Array.from(degrees, (degree) => degree > 0 ? degree ** exponent : 0);

/** The row sums. */
export const rowSums = ({ rows, columns, values }: Dense): number[] =>
  Array.from(
    { length: rows },
    (_, row) => values.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b, 0),
  );

/** The transpose. */
export function turned({ rows, columns, values }: Dense): Dense {
  const result = new Float64Array(rows * columns);
  values.forEach((value, n) => result[(n % columns) * rows + Math.floor(n / columns)] = value);
  return { rows: columns, columns: rows, values: result };
}

/** `(XᵀX)^∘s` of `X = D_U^-a R D_I^(a−1)`. */
export function gram(r: Dense, exponent: number, sharpness: number): Dense {
  const x = scaled(
    r,
    powers(rowSums(r), -exponent),
    powers(rowSums(turned(r)), exponent - 1),
  );
  const p = times(turned(x), x);
  return { ...p, values: p.values.map((value) => value > 0 ? value ** sharpness : 0) };
}

/** `VVᵀ` of the first eigenvectors of G, with the cut moved to the end of an eigenvalue. */
export function projector(r: Dense, eigenpairs: number): Dense {
  const { rows: items, values: g } = gram(r, 0.5, 1);
  const { values, vectors } = symmetricEigen(g, items);
  let end = Math.min(eigenpairs, items);
  while (end < items && values[end - 1] - values[end] < 1e-9) end++;
  const result = new Float64Array(items * items);
  for (let k = 0; k < end; k++) {
    for (let i = 0; i < items; i++) {
      for (let j = 0; j < items; j++) {
        result[i * items + j] += vectors[i * items + k] * vectors[j * items + k];
      }
    }
  }
  return { rows: items, columns: items, values: result };
}

/** The identity. */
export function identity(size: number): Dense {
  const values = Float64Array.from(
    { length: size * size },
    (_, n) => Number(n % (size + 1) === 0),
  );
  return { rows: size, columns: size, values };
}

/** `factor·(A + Aᵀ)/(2k)` of the unit-weight graph of the k nearest items by cosine. */
export function nearGraph({ rows, columns, values }: Modality, k: number): Dense {
  const row = (item: number) => values.subarray(item * columns, (item + 1) * columns);
  const dot = (a: number, b: number) =>
    row(a).reduce((sum, value, n) => sum + value * row(b)[n], 0);
  const items = Array.from({ length: rows }, (_, item) => item);
  const length = items.map((item) => Math.sqrt(dot(item, item)));
  const known = items.filter((item) => length[item] > 0);
  const result = new Float64Array(rows * rows);
  for (const item of known) {
    const cosine = (other: number) => dot(item, other) / length[item] / length[other];
    const near = known.toSorted((a, b) => cosine(b) - cosine(a) || a - b).slice(0, k);
    for (const other of near) {
      result[item * rows + other] += 1 / (2 * k);
      result[other * rows + item] += 1 / (2 * k);
    }
  }
  return { rows, columns: rows, values: result };
}

/** Random interactions; the first user and the items 2 and 3 have none. */
export function randomInteractions(users: number, items: number, density: number, seed: number) {
  const next = uniforms(seed);
  const values = Float64Array.from({ length: users * items }, (_, n) => {
    const isTaken = next() < density * 2 * ((n % items) / items);
    return Number(isTaken && n >= items && n % items !== 2 && n % items !== 3);
  });
  const taken = [...values.keys()].filter((n) => values[n] === 1);
  return {
    dense: { rows: users, columns: items, values } as Dense,
    pairs: {
      users: Uint32Array.from(taken, (n) => Math.floor(n / items)),
      items: Uint32Array.from(taken, (n) => n % items),
    },
  };
}
