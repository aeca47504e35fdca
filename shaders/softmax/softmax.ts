/**
 * Softmax over the columns of each row.
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { elementKernel } from "../element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("softmax/forward", forwardSource);
const backward = elementKernel("softmax/backward", backwardSource);

/**
 * The softmax of each row, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @returns `rows×columns`; each row sums to 1.
 */
export function softmaxRows(program: Program, x: Tensor): Tensor {
  const { rows, columns, differentiable } = x;
  const y = program.tensor(`softmax of ${x.label}`, rows, columns, { differentiable });
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  program.launch(kernel, { buffers: { x, y }, uniforms, threads: rows });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    program.launch(backward(columns).kernel, {
      buffers: { y, dy, dx: target.gradient },
      uniforms,
      constants: { accumulate: Number(target.accumulate) },
      threads: rows,
    });
  });
  return y;
}
