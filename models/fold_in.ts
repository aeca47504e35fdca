/**
 * A row for a user who was not there when a model was trained, from the items that they took.
 *
 * The row is the ridge fit that implicit-feedback factorisation gives a user while its items stay
 * (Hu, Koren and Volinsky, ICDM 2008, equation 4), which asks nothing of the model but that scores
 * are products of rows.
 *
 * @module
 */

/** Weight α of an item that was not taken, beside 1 of one that was. */
const otherWeight = 0.01;

/** Weight of the norm, as a share of the mean eigenvalue of `VᵀV`. */
const normShare = 0.3;

/** Finds rows of users among the rows of the items. */
export class FoldIn {
  readonly #items: Float32Array;
  readonly #columns: number;
  /** `αVᵀV + λI`, `d×d`. */
  readonly #common: Float64Array;

  /**
   * Computes what all users have in common: `αVᵀV + λI`.
   *
   * @param items The rows `V` of the items, `I×d`, row-major.
   * @param columns Their length d.
   */
  constructor(items: Float32Array, columns: number) {
    this.#items = items;
    this.#columns = columns;
    const gram = this.#common = new Float64Array(columns * columns);
    for (let at = 0; at < items.length; at += columns) this.#addOuter(gram, at);
    let trace = 0;
    for (let c = 0; c < columns; c++) trace += gram[c * (columns + 1)];
    for (let n = 0; n < gram.length; n++) gram[n] *= otherWeight;
    // Items whose rows are all 0 leave any norm to choose.
    const norm = trace > 0 ? normShare * trace / columns : 1;
    for (let c = 0; c < columns; c++) gram[c * (columns + 1)] += norm;
  }

  /**
   * The row u of a user with the items S: the least
   * `Σ_{i∈S} (1 − u·v_i)² + α Σ_i (u·v_i)² + λ‖u‖²`, in f64.
   *
   * @param history The items, each once; where there is none the row is 0.
   * @returns d numbers.
   * @example
   * ```ts
   * import { FoldIn } from "./fold_in.ts";
   * const items = new Float32Array([1, 0, 0, 1]);
   * const [x, y] = new FoldIn(items, 2).row(Uint32Array.of(0)); // x > 0, y = 0
   * ```
   */
  row(history: Uint32Array): Float64Array {
    const columns = this.#columns;
    const matrix = this.#common.slice();
    const target = new Float64Array(columns);
    for (const item of history) {
      this.#addOuter(matrix, item * columns);
      for (let c = 0; c < columns; c++) target[c] += this.#items[item * columns + c];
    }
    return solvePositive(matrix, target);
  }

  /**
   * The scores of all items for a user with the items of a history.
   *
   * @param history The items, each once.
   * @returns I numbers.
   */
  scores(history: Uint32Array): Float64Array {
    const columns = this.#columns;
    const row = this.row(history);
    return Float64Array.from({ length: this.#items.length / columns }, (_, item) => {
      let score = 0;
      for (let c = 0; c < columns; c++) score += row[c] * this.#items[item * columns + c];
      return score;
    });
  }

  #addOuter(matrix: Float64Array, at: number): void {
    const columns = this.#columns;
    for (let r = 0; r < columns; r++) {
      const value = this.#items[at + r];
      for (let c = 0; c < columns; c++) matrix[r * columns + c] += value * this.#items[at + c];
    }
  }
}

/** Solves `Ax = b` for a symmetric positive A by Cholesky's factors; A is overwritten. */
function solvePositive(matrix: Float64Array, target: Float64Array): Float64Array {
  const n = target.length;
  const x = target.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * n + j];
    }
    for (let k = 0; k < i; k++) x[i] -= matrix[i * n + k] * x[k];
    x[i] /= matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= matrix[k * n + i] * x[k];
    x[i] /= matrix[i * n + i];
  }
  return x;
}
