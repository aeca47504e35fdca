/**
 * Rows that are scored in several parts: scores are weighted sums of the parts' products (SSR's
 * `output=mix`; methods.md, §5, stage 3).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { concatenateColumns, sliceRows } from "../../shaders/columns/columns.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";

/** A part of the rows that are scored. */
export interface Output {
  /** A row each. */
  readonly rows: Tensor;
  /** The weight of this part's products in the scores. */
  readonly weight: number;
}

/**
 * How many times D columns the rows have that are scored: the sum of the bands, each output band, or both.
 *
 * @param settings The number of bands, and what is scored.
 * @example
 * ```ts
 * import { scoredBlocks } from "./scored_outputs.ts";
 * scoredBlocks({ bands: 3, output: "mix" }); // 4
 * ```
 */
export function scoredBlocks(
  { bands, output }: {
    readonly bands: number;
    readonly output: "aggregate" | "spectral" | "mix";
  },
): number {
  return { aggregate: 1, spectral: bands, mix: 1 + bands }[output];
}

/**
 * The scores of the positive items, and those of the negative ones.
 *
 * @param program The program.
 * @param users The parts of B users.
 * @param items The parts of B positive items and, below them, B negative ones.
 * @param size B.
 * @returns Two tensors of `B×1`.
 */
export function pairScores(
  program: Program,
  users: readonly Output[],
  items: readonly Output[],
  size: number,
): Tensor[] {
  return [0, size].map((first) => {
    const products = users.map(({ rows, weight }, n) => {
      const product = rowDot(program, rows, sliceRows(program, items[n].rows, first, size));
      return weight === 1 ? product : unary(program, "affine", product, { alpha: weight });
    });
    return products.reduce((sum, product) => add(program, sum, product));
  });
}

/**
 * Rows whose products are the weighted sums of the parts' products.
 *
 * @param program The program.
 * @param outputs The parts.
 * @returns `rows×Σ columns`.
 */
export function scoredRows(program: Program, outputs: readonly Output[]): Tensor {
  if (outputs.length === 1) return outputs[0].rows;
  const parts = outputs.map(({ rows, weight }) =>
    unary(program, "affine", rows, { alpha: Math.sqrt(weight) })
  );
  return concatenateColumns(program, parts, "scored rows");
}
