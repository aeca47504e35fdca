/**
 * The inner product of each row of two matrices: the scores of (user, item) pairs.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program, Tensor } from "../../gpu/program.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("row_dot/forward", forwardSource);
const backward = kernel("row_dot/backward", backwardSource);

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
  const uniforms = { rows, columns };
  program.launch(forward, { buffers: { a, b, y }, uniforms, threads: rows });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const [x, other] of [[a, b], [b, a]]) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      program.launch(backward, {
        buffers: { dy, b: other, da: target.gradient },
        uniforms,
        constants: { accumulate: Number(target.accumulate) },
        threads: rows * columns,
      });
    }
  });
  return y;
}
