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
    const target = new Float64Array(columns);
    for (const item of history) {
      for (let c = 0; c < columns; c++) target[c] += this.#items[item * columns + c];
    }
    return this.solve(history, [target])[0];
  }

  /**
   * `x = (αVᵀV + λI + Σ_{i∈S} v_i v_iᵀ)^-1 t`, of which the row of a user is the one for `t = Σ_{i∈S} v_i`. So the row is
   * a sum over the items taken, and so is every score (Hu, Koren and Volinsky, §5).
   *
   * @param history The items S, each once.
   * @param targets Each t, d numbers.
   * @returns x for each of them.
   */
  solve(history: Uint32Array, targets: readonly Float64Array[]): Float64Array[] {
    const matrix = this.#common.slice();
    for (const item of history) this.#addOuter(matrix, item * this.#columns);
    factorise(matrix, this.#columns);
    return targets.map((target) => solveFactorised(matrix, target));
  }

  /**
   * What each item of a history adds to the score of a row: `v_jᵀ (αVᵀV + λI + Σ v_i v_iᵀ)^-1 t`.
   *
   * @param history The items, each once.
   * @param target The row t that is scored, d numbers.
   * @returns One number an item of the history; they sum to the score.
   * @example
   * ```ts
   * import { FoldIn } from "./fold_in.ts";
   * const foldIn = new FoldIn(new Float32Array([1, 0, 0, 1]), 2);
   * const [own, other] = foldIn.contributions(Uint32Array.of(0, 1), Float64Array.of(1, 0)); // other = 0
   * ```
   */
  contributions(history: Uint32Array, target: Float64Array): Float64Array {
    const columns = this.#columns;
    const [solved] = this.solve(history, [target]);
    return Float64Array.from(history, (item) => {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += this.#items[item * columns + c] * solved[c];
      return sum;
    });
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

/** Cholesky's factor L of a symmetric positive `n×n` matrix, in the place of its lower half. */
function factorise(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * n + j];
    }
  }
}

/** Solves `LLᵀx = b`. */
function solveFactorised(factor: Float64Array, target: Float64Array): Float64Array {
  const n = target.length;
  const x = target.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * n + k] * x[k];
    x[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k];
    x[i] /= factor[i * n + i];
  }
  return x;
}
