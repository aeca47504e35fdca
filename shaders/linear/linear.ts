/**
 * The linear layer, with its activation.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { rowBlocks, rowsOfTensor } from "../../gpu/row_blocks.ts";
import type { Activation } from "../elementwise/activation.ts";
import { launchSlope, leakySlope } from "../elementwise/elementwise.ts";
import { launchProduct } from "../matmul/matmul.ts";
import { sumColumns } from "../reduce/reduce.ts";

/** What a linear layer may be told. */
export interface LinearOptions {
  /** What the result is called. */
  readonly label?: string;
  /** The function that follows. */
  readonly activation?: Activation;
}

/**
 * A linear layer `f(x·Wᵀ + b)`, differentiated, with the weight as PyTorch stores it. What f is given is
 * not stored.
 *
 * @param program The program.
 * @param x `rows×in`.
 * @param weight `out×in`.
 * @param bias `1×out`.
 * @param options What the result is called, and the function f (default: none).
 * @returns `rows×out`, counted as x is.
 * @throws {Error} The shapes do not match, or x is counted and in several bindings.
 */
export function linear(
  program: Program,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  { label = `${weight.label}(${x.label})`, activation }: LinearOptions = {},
): Tensor {
  const { counted: count } = x;
  const [m, k, n] = [x.rows, x.columns, weight.rows];
  if (k !== weight.columns) {
    throw new Error(`Cannot multiply "${x.label}" (${m}×${k}) by "${weight.label}" transposed`);
  }
  const y = program.tensor(label, m, n, { counted: count });
  // A table of features may be larger than a binding; its rows are independent.
  const blocks = rowBlocks(program, x, [y]);
  if (count && blocks.length > 1) throw new Error(`"${x.label}" is too large to count its rows`);
  for (const { first, rows, range: a } of blocks) {
    const c = rowsOfTensor(y, first, rows);
    launchProduct(program, {
      ...count && { limit: { count, factor: 1, mFirst: 0 } },
      ...{ a, b: weight, c, m: rows, n, k, transposeB: true, bias, activation },
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const upstream = activation === undefined
      ? dy
      : program.tensor(`d ${label} before its activation`, m, n, { differentiable: false });
    if (activation !== undefined) {
      // x has the sign of y, which is all that these slopes ask of it.
      const slope = { operation: activation, x: y, y, alpha: leakySlope };
      launchSlope(program, { ...slope, dy, dx: upstream });
    }
    const toX = program.gradientTarget(x);
    if (toX !== undefined) {
      const { gradient, accumulate } = toX;
      for (const { first, rows, range: c } of rowBlocks(program, gradient, [upstream])) {
        const a = rowsOfTensor(upstream, first, rows);
        launchProduct(program, {
          ...count && { limit: { count, factor: 1, mFirst: 0, clear: true } },
          ...{ a, b: weight, c, m: rows, n: k, k: n, accumulate },
        });
      }
    }
    const toWeight = program.gradientTarget(weight);
    if (toWeight !== undefined) {
      const { gradient: c } = toWeight;
      for (const { first, rows, range: b } of blocks) {
        const a = rowsOfTensor(upstream, first, rows);
        // Every block adds its rows' part.
        const accumulate = toWeight.accumulate || first > 0;
        launchProduct(program, {
          ...count && { limit: { count, factor: 1, kFirst: 0 } },
          ...{ a, b, c, m: n, n: k, k: rows, transposeA: true, accumulate },
        });
      }
    }
    const toBias = bias && program.gradientTarget(bias);
    if (toBias) sumColumns(program, upstream, toBias.gradient, toBias.accumulate, count);
  });
  return y;
}
