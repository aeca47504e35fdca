/**
 * How far rows are from pointing the same way.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("cosine_gap/forward", forwardSource);
const backward = kernel("cosine_gap/backward", backwardSource);

/** A block of columns of a tensor. */
export interface ColumnBlock {
  /** The tensor. */
  readonly tensor: Tensor;
  /** The first column, a multiple of 4 (default: 0). */
  readonly column?: number;
}

/**
 * `y_r = Σ_pairs factor·(cos(a_r, b_r) − 1)²`, differentiated.
 *
 * @param program The program.
 * @param pairs Blocks of columns of tensors of the same number of rows.
 * @param options Columns of a block, a multiple of 4; the factor; what the result is called.
 * @returns `rows×1`.
 */
export function cosineGaps(
  program: Program,
  pairs: readonly (readonly [ColumnBlock, ColumnBlock])[],
  options: { width: number; factor: number; label: string },
): Tensor {
  const { width, factor, label } = options;
  const { rows } = pairs[0][0].tensor;
  const y = program.tensor(label, rows, 1);
  const sizes = (a: ColumnBlock, b: ColumnBlock) => ({
    rows,
    vectors: width / 4,
    a_stride: a.tensor.columns / 4,
    a_start: (a.column ?? 0) / 4,
    b_stride: b.tensor.columns / 4,
    b_start: (b.column ?? 0) / 4,
    factor,
  });
  pairs.forEach(([a, b], n) =>
    program.launch(forward, {
      buffers: { a: a.tensor, b: b.tensor, y },
      uniforms: sizes(a, b),
      constants: { accumulate: Number(n > 0) },
      threads: rows,
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const [one, other] of pairs) {
      for (const [a, b] of [[one, other], [other, one]]) {
        const target = program.gradientTarget(a.tensor);
        if (target === undefined) continue;
        if (!target.accumulate) fill(program, target.gradient, 0);
        program.launch(backward, {
          buffers: { a: a.tensor, b: b.tensor, dy, da: target.gradient },
          uniforms: sizes(a, b),
          threads: rows,
        });
      }
    }
  });
  return y;
}
