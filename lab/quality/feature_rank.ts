/**
 * In how many directions the features of items extend.
 *
 * @module
 */
import { effectiveRank } from "../../algebra/effective_rank.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";
import type { Modality } from "../../data/dataset.ts";

/** The effective rank of features. */
export interface FeatureRank {
  /** It, of the features less the mean of each column. */
  readonly rank: number;
  /** What it can be at most: the number of columns, or one less than the items that were looked at. */
  readonly most: number;
  /** How many items were looked at, where that is not all of them. */
  readonly sampled?: number;
}

/** The largest Gram matrix, and the items that one of columns is summed over. */
const [mostSide, mostItems] = [768, 8192];
/** Eigenvalues with a smaller share of the largest one are rounding. */
const rounding = 1e-12;

/**
 * The effective rank of the features of the items that have some.
 *
 * The singular values are the roots of the eigenvalues of a Gram matrix: of the columns, or of the items where there
 * are more columns than an eigensolver can take. Of many items, some that are drawn at random are looked at.
 *
 * @param modality The features.
 * @param present Whether each item has some.
 * @example
 * ```ts
 * import { featureRank } from "./feature_rank.ts";
 * const values = new Float32Array([1, 0, -1, 0, 0, 1, 0, -1]);
 * featureRank({ name: "image", rows: 4, columns: 2, values }, new Uint8Array([1, 1, 1, 1])).rank; // 2
 * ```
 */
export function featureRank({ rows, columns, values }: Modality, present: Uint8Array): FeatureRank {
  const all = Uint32Array.from({ length: rows }, (_, item) => item).filter((item) => present[item]);
  const ofColumns = columns <= mostSide;
  const items = drawn(all, ofColumns ? mostItems : mostSide);
  const most = Math.max(0, Math.min(columns, items.length - 1));
  const sampled = items.length < all.length ? { sampled: items.length } : {};
  if (most === 0) return { rank: 0, most, ...sampled };
  const centred = centredRows(values, columns, items);
  const gram = ofColumns
    ? columnGram(centred, items.length, columns)
    : rowGram(centred, items.length, columns);
  const eigenvalues = symmetricEigen(gram, ofColumns ? columns : items.length).values;
  const least = rounding * eigenvalues[0];
  const singular = eigenvalues.map((value) => value > least ? Math.sqrt(value) : 0);
  return { rank: effectiveRank(singular), most, ...sampled };
}

/** Some of the items without any twice, in their order. */
function drawn(items: Uint32Array, most: number): Uint32Array {
  if (items.length <= most) return items;
  const order = items.slice();
  const uniform = uniforms(3);
  for (let n = 0; n < most; n++) {
    const other = n + Math.floor(uniform() * (order.length - n));
    [order[n], order[other]] = [order[other], order[n]];
  }
  return order.subarray(0, most).sort();
}

function centredRows(values: Float32Array, columns: number, items: Uint32Array): Float64Array {
  const mean = new Float64Array(columns);
  for (const item of items) {
    for (let c = 0; c < columns; c++) mean[c] += values[item * columns + c] / items.length;
  }
  const centred = new Float64Array(items.length * columns);
  items.forEach((item, n) => {
    for (let c = 0; c < columns; c++) {
      centred[n * columns + c] = values[item * columns + c] - mean[c];
    }
  });
  return centred;
}

/** XᵀX; its lower triangle, which is all that the eigensolver reads. */
function columnGram(x: Float64Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const [left, to] = [x[at + i], i * columns];
      if (left === 0) continue;
      for (let j = 0; j <= i; j++) sums[to + j] += left * x[at + j];
    }
  }
  return sums;
}

/** XXᵀ; its lower triangle. */
function rowGram(x: Float64Array, rows: number, columns: number): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b] = [i * columns, j * columns];
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += x[a + c] * x[b + c];
      products[i * rows + j] = sum;
    }
  }
  return products;
}
