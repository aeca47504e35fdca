/**
 * The gains of the Gaussian information bottleneck in f64, by the formula of the paper (methods.md, §4 i).
 *
 * @module
 */
import { blockEigen } from "./bands.ts";

/**
 * The gains of the directions of x, told of y by weighted pairs: with coefficients `x_k = X·v_k` and
 * `y_l = Y·w_l`, `1−λ = Σ_l (x_kᵀ·R̂·y_l)²/(‖x_k‖²‖y_l‖²)`, `a² = max(0, (β(1−λ)−1)/(λr))` with
 * r = ‖x_k‖²/rows, and the gain `a²r/(1+a²r)`.
 *
 * @param x `rows×(blocks·d)`.
 * @param y `others×(blocks·d)`.
 * @param weights R̂, dense, `rows×others`.
 * @param blocks Blocks of columns.
 * @param d Columns of a block.
 * @param beta β.
 */
export function wienerGains(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  blocks: number,
  d: number,
  beta: number,
): Float64Array {
  const columns = blocks * d;
  const [rows, others] = [x.length / columns, y.length / columns];
  const gains = new Float64Array(columns);
  for (let block = 0; block < blocks; block++) {
    const coefficients = (of: Float64Array, count: number) => {
      const { values, vectors } = blockEigen(of, count, blocks, d, block);
      return Array.from({ length: d }, (_, k) => {
        // A direction without energy has no coefficients.
        if (values[k] <= 1e-7 * values[0]) return new Float64Array(count);
        return Float64Array.from({ length: count }, (_, row) => {
          let sum = 0;
          for (let i = 0; i < d; i++) {
            sum += of[row * columns + block * d + i] * vectors[i * d + k];
          }
          return sum;
        });
      });
    };
    const square = (v: Float64Array) => v.reduce((sum, value) => sum + value * value, 0);
    const theirs = coefficients(y, others);
    coefficients(x, rows).forEach((own, k) => {
      const energy = square(own);
      if (energy === 0) return;
      let relevance = 0;
      for (const other of theirs) {
        if (square(other) === 0) continue;
        let inner = 0;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < others; column++) {
            inner += own[row] * weights[row * others + column] * other[column];
          }
        }
        relevance += inner * inner / (energy * square(other));
      }
      const [lambda, r] = [1 - relevance, energy / rows];
      const a2 = Math.max(0, (beta * (1 - lambda) - 1) / (lambda * r));
      gains[block * d + k] = a2 * r / (1 + a2 * r);
    });
  }
  return gains;
}
