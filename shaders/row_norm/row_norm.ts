/**
 * Rows of length 1.
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { elementKernel } from "../element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("row_norm/forward", forwardSource);
const backward = elementKernel("row_norm/backward", backwardSource);

/**
 * `x_r/max(‖x_r‖, 1e-12)`, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @returns `rows×columns`; rows of zeros stay zeros.
 */
export function normaliseRows(program: Program, x: Tensor): Tensor {
  const { rows, columns, differentiable } = x;
  const y = program.tensor(`normalised ${x.label}`, rows, columns, { differentiable });
  const length = program.buffer(`lengths of ${x.label}`, rows * 4);
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  program.launch(kernel, { buffers: { x, y, length }, uniforms, threads: rows });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    program.launch(backward(columns).kernel, {
      buffers: { y, length, dy, dx: target.gradient },
      uniforms,
      constants: { accumulate: Number(target.accumulate) },
      threads: rows,
    });
  });
  return y;
}
