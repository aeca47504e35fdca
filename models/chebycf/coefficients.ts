/**
 * The coefficients of ChebyCF's filter (methods.md, §8).
 *
 * @module
 */

/** How the transfer function is sampled. */
export type Sampling = "published" | "exact";

/**
 * The transfer function: a plateau of ½ between a low band that falls from 1 and a high one that falls to 0.
 *
 * @param x A number from −1, the lowest frequency, to 1.
 * @param flatness φ: how wide the plateau is.
 * @example
 * ```ts
 * import { transfer } from "./coefficients.ts";
 * [transfer(-1, 10), transfer(0, 10), transfer(1, 10)]; // [1, 0.5, 0]
 * ```
 */
export function transfer(x: number, flatness: number): number {
  return x < 0 ? 0.5 * (-x) ** flatness + 0.5 : 0.5 - 0.5 * x ** flatness;
}

/**
 * The coefficients `c_0 … c_K` of `T_0(L) … T_K(L)`: sums over the K+1 Chebyshev nodes
 * `n_j = cos((K+1−j+½)π/(K+1))`.
 *
 * `published` samples the transfer function at `x_j = cos((K−j)π/K)` and sums as if those were the nodes, as
 * the paper's code does, so that the polynomial misses the function (by .12 at order 8 and flatness 10);
 * `exact` samples it at the nodes [ours].
 *
 * @param order K, at least 1.
 * @param flatness φ.
 * @param sampling Where the function is sampled.
 * @example
 * ```ts
 * import { chebyshevCoefficients } from "./coefficients.ts";
 * chebyshevCoefficients(1, 1, "exact"); // [0.5, -0.5], the function (1 − x)/2 itself
 * ```
 */
export function chebyshevCoefficients(
  order: number,
  flatness: number,
  sampling: Sampling,
): number[] {
  const count = order + 1;
  const nodes = Array.from(
    { length: count },
    (_, j) => Math.cos((count - j - 0.5) * Math.PI / count),
  );
  const samples = nodes.map((node, j) =>
    transfer(sampling === "exact" ? node : Math.cos((order - j) * Math.PI / order), flatness)
  );
  let [before, row] = [samples, samples.map((sample, j) => nodes[j] * sample)];
  return Array.from({ length: count }, (_, k) => {
    const sum = before.reduce((total, entry) => total + entry, 0);
    [before, row] = [row, row.map((entry, j) => 2 * nodes[j] * entry - before[j])];
    return (k === 0 ? 1 : 2) / count * sum;
  });
}
