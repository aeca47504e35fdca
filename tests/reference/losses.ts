/**
 * Parts of losses in f64, the oracle of the op checks.
 *
 * @module
 */

/** `log(1+eˣ)`, without overflow. */
export const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The mean of the first `count` values. */
export const mean = (values: Iterable<number>, count: number) =>
  Array.from(values).slice(0, count).reduce((sum, value) => sum + value, 0) / count;
