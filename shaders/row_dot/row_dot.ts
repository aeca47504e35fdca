/**
 * The inner product of each row of two matrices: the scores of (user, item) pairs.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("row_dot/forward", forwardSource);
const backward = elementKernel("row_dot/backward", backwardSource);

/**
 * `y_r = a_r·b_r`, differentiated.
 *
 * @param program The program.
 * @param a `rows×columns`.
 * @param b `rows×columns`.
 * @returns `rows×1`.
 */
export function rowDot(program: Program, a: Tensor, b: Tensor): Tensor {
  const { rows, columns } = a;
  if (b.rows !== rows || b.columns !== columns) {
    throw new Error(`"${a.label}" is ${rows}×${columns}, "${b.label}" ${b.rows}×${b.columns}`);
  }
  const y = program.tensor(`${a.label}·${b.label}`, rows, 1);
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  program.launch(kernel, { buffers: { a, b, y }, uniforms, threads: rows });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const [x, other] of [[a, b], [b, a]]) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      program.launch(backward(columns).kernel, {
        buffers: { dy, b: other, da: target.gradient },
        uniforms,
        constants: { accumulate: Number(target.accumulate) },
        threads: rows * columns / width,
      });
    }
  });
  return y;
}
