/**
 * Weighted sums of bands, with weights for each row.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { rowsWorthSharing } from "../columns/columns.ts";
import { elementKernel } from "../common/element/element.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumLanesSource from "../common/lanes/sum_lanes.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import lanesBackwardSource from "./lanes_backward.wgsl" with { type: "text" };
import operandsSource from "./operands.wgsl" with { type: "text" };

const forward = elementKernel("mix_bands/forward", forwardSource);
const backward = elementKernel("mix_bands/backward", operandsSource, backwardSource);
const lanesBackward = elementKernel(
  "mix_bands/lanes_backward",
  operandsSource,
  lanesSource,
  sumLanesSource,
  lanesBackwardSource,
);

/**
 * `y[r] = Σ_b weights[r, b]·x[r, b]`, differentiated.
 *
 * @param program The program.
 * @param x `rows×(M·columns)`, the M bands of a row side by side.
 * @param weights `rows×M`.
 * @param label What the result is called.
 * @returns `rows×columns`.
 * @throws {Error} The shapes do not match.
 */
export function mixBands(program: Program, x: Tensor, weights: Tensor, label: string): Tensor {
  const { rows } = x;
  const bands = weights.columns;
  if (weights.rows !== rows || x.columns % bands !== 0) {
    throw new Error(
      `"${weights.label}" is ${weights.rows}×${bands}, "${x.label}" ${rows}×${x.columns}`,
    );
  }
  const columns = x.columns / bands;
  const y = program.tensor(label, rows, columns);
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  const { software } = program.memory.gpu;
  const rowsEach = rowsWorthSharing(program.memory.gpu);
  program.launch(kernel, {
    buffers: { x, weights, y },
    uniforms,
    constants: { rows_each: rowsEach, bands },
    threads: Math.ceil(rows / rowsEach) * columns / width,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const [toX, toWeights] = [program.gradientTarget(x), program.gradientTarget(weights)];
    if (toX === undefined && toWeights === undefined) return;
    const unused = (tensor: Tensor) => ({
      gradient: program.tensor(`unused d ${tensor.label}`, tensor.rows, tensor.columns),
      accumulate: false,
    });
    const { gradient: dx, accumulate: accumulateX } = toX ?? unused(x);
    const { gradient: dweights, accumulate: accumulateWeights } = toWeights ?? unused(weights);
    const constants = {
      accumulate_x: Number(accumulateX),
      accumulate_weights: Number(accumulateWeights),
    };
    program.launch((software ? backward : lanesBackward)(columns).kernel, {
      buffers: { x, weights, dy, dx, dweights },
      uniforms: { ...uniforms, bands },
      ...dealtRows(program.memory.gpu, rows * bands, uniforms.columns, constants),
    });
  });
  return y;
}
