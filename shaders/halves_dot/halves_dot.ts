/**
 * The inner product of the two halves of each row.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("halves_dot/forward", forwardSource);
const backward = elementKernel("halves_dot/backward", backwardSource);

/**
 * `y_r = [first half of x_r]·[second half of x_r]`, differentiated.
 *
 * @param program The program.
 * @param x `rows×2d`.
 * @returns `rows×1`.
 */
export function halvesDot(program: Program, x: Tensor): Tensor {
  const { rows, columns } = x;
  if (columns % 2 !== 0) throw new Error(`"${x.label}" has ${columns} columns, expected 2·n`);
  const y = program.tensor(`halves of ${x.label}`, rows, 1);
  const { width, kernel } = forward(columns / 2);
  const uniforms = { rows, half_columns: columns / 2 / width };
  program.launch(kernel, { buffers: { x, y }, uniforms, threads: rows });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    program.launch(backward(columns / 2).kernel, {
      buffers: { x, dy, dx: target.gradient },
      uniforms,
      constants: { accumulate: Number(target.accumulate) },
      threads: rows * columns / width,
    });
  });
  return y;
}
