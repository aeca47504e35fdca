/**
 * The inner product of each row of two matrices: the scores of (user, item) pairs.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumLanesSource from "../common/lanes/sum_lanes.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import lanesForwardSource from "./lanes_forward.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };

const forward = elementKernel("row_dot/forward", operandsSource, forwardSource);
const backward = elementKernel("row_dot/backward", backwardSource);
const lanesForward = elementKernel(
  "row_dot/lanes_forward",
  operandsSource,
  lanesSource,
  sumLanesSource,
  lanesForwardSource,
);

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
  const { software } = program.memory.gpu;
  const { width, kernel } = (software ? forward : lanesForward)(columns);
  const uniforms = { rows, columns: columns / width };
  program.launch(kernel, {
    buffers: { a, b, y },
    uniforms,
    ...dealtRows(program.memory.gpu, rows, uniforms.columns),
  });
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
