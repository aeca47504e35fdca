/**
 * The ratio of the lengths of rows.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumsLanesSource from "../common/lanes/sums_lanes.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import lanesForwardSource from "./lanes_forward.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };

const forward = elementKernel("norm_ratio/forward", operandsSource, forwardSource);
const backward = elementKernel("norm_ratio/backward", backwardSource);
const lanesForward = elementKernel(
  "norm_ratio/lanes_forward",
  operandsSource,
  lanesSource,
  sumsLanesSource,
  lanesForwardSource,
);

/**
 * `y_r = (factor·‖p_r‖ + 1e-6)/(‖q_r‖ + 1e-6)`, differentiated.
 *
 * @param program The program.
 * @param p `rows×columns`.
 * @param q `rows×columns`.
 * @param factor Factor of the lengths of p.
 * @returns `rows×1`.
 */
export function normRatio(program: Program, p: Tensor, q: Tensor, factor: number): Tensor {
  const { rows, columns } = p;
  const y = program.tensor(`‖${p.label}‖/‖${q.label}‖`, rows, 1);
  const norms = program.buffer(`lengths of ${p.label} and ${q.label}`, rows * 8);
  const { software } = program.memory.gpu;
  const { width, kernel } = (software ? forward : lanesForward)(columns);
  const uniforms = { rows, columns: columns / width, factor };
  program.launch(kernel, {
    buffers: { p, q, norms, y },
    uniforms,
    ...dealtRows(program.memory.gpu, rows, uniforms.columns),
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const x of [p, q]) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      program.launch(backward(columns).kernel, {
        buffers: { x, norms, y, dy, dx: target.gradient },
        uniforms,
        constants: { of_q: Number(x === q), accumulate: Number(target.accumulate) },
        threads: rows * columns / width,
      });
    }
  });
  return y;
}
