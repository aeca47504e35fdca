/**
 * Softmax over the columns of each row.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { countOf } from "../common/element/counted.ts";
import countedSource from "../common/element/counted.wgsl" with { type: "text" };
import { elementKernel } from "../common/element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("softmax/forward", countedSource, forwardSource);
const backward = elementKernel("softmax/backward", countedSource, backwardSource);

/**
 * The softmax of each row, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @returns `rows×columns`, counted as x is; each row sums to 1.
 */
export function softmaxRows(program: Program, x: Tensor): Tensor {
  const { rows, columns, differentiable, counted } = x;
  const y = program.tensor(`softmax of ${x.label}`, rows, columns, { differentiable, counted });
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  const count = countOf(counted, x);
  program.launch(kernel, {
    buffers: { x, y, ...count.buffers },
    partial: counted ? ["y"] : [],
    uniforms,
    constants: count.constants,
    threads: rows,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    program.launch(backward(columns).kernel, {
      buffers: { y, dy, dx: target.gradient, ...count.buffers },
      uniforms,
      constants: { accumulate: Number(target.accumulate), ...count.constants },
      threads: rows,
    });
  });
  return y;
}
