/**
 * A linear layer of few outputs, such as one weight a band: the tiles of a dense product would be
 * mostly empty.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumsLanesSource from "../common/lanes/sums_lanes.wgsl" with { type: "text" };
import { fill } from "../elementwise/elementwise.ts";
import { combineParts, sumColumns } from "../reduce/reduce.ts";
import backwardInputSource from "./backward_input.wgsl" with { type: "text" };
import backwardWeightSource from "./backward_weight.wgsl" with { type: "text" };
import backwardWeightOperandsSource from "./backward_weight_operands.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import forwardOperandsSource from "./forward_operands.wgsl" with { type: "text" };
import lanesForwardSource from "./lanes_forward.wgsl" with { type: "text" };
import workgroupBackwardWeightSource from "./workgroup_backward_weight.wgsl" with { type: "text" };

const forward = kernel("narrow_linear/forward", forwardOperandsSource, forwardSource);
const backwardInput = kernel("narrow_linear/backward_input", backwardInputSource);
const backwardWeight = kernel(
  "narrow_linear/backward_weight",
  backwardWeightOperandsSource,
  backwardWeightSource,
);
const lanesForward = kernel(
  "narrow_linear/lanes_forward",
  forwardOperandsSource,
  lanesSource,
  sumsLanesSource,
  lanesForwardSource,
);
const workgroupBackwardWeight = kernel(
  "narrow_linear/workgroup_backward_weight",
  backwardWeightOperandsSource,
  lanesSource,
  workgroupBackwardWeightSource,
);

/** Rows of a part of the weight's gradient. */
const partRows = 128;
/** Invocations that share the rows of a part on hardware, and vectors side by side in a workgroup. */
const [partLanes, besideEachOther] = [16, 16];
/** Outputs of a launch. */
const outputsPerLaunch = 4;

/**
 * `x·Wᵀ + b` for some consecutive rows of x, differentiated.
 *
 * @param program The program.
 * @param x `n×in`, in a multiple of 4.
 * @param layer Weight `out×in` and bias `1×out`, out small.
 * @param range The first row, and how many (default: all).
 * @returns `rows×out`.
 * @throws {Error} The shapes do not match.
 */
export function narrowLinear(
  program: Program,
  x: Tensor,
  layer: { readonly weight: Tensor; readonly bias: Tensor },
  range: { readonly firstRow: number; readonly rows: number } = { firstRow: 0, rows: x.rows },
): Tensor {
  const { weight, bias } = layer;
  const { firstRow, rows } = range;
  if (x.columns !== weight.columns || x.columns % 4 !== 0) {
    throw new Error(`Cannot multiply "${x.label}" by "${weight.label}" transposed`);
  }
  const [vectors, out] = [x.columns / 4, weight.rows];
  const { software } = program.memory.gpu;
  const y = program.tensor(`${weight.label}(${x.label})`, rows, out);
  const uniforms = { rows, vectors, out, first_row: firstRow };
  /** A launch of some outputs at a time; the last completes what they write together. */
  const inFours = (launch: (first_out: number, isLast: boolean) => void) => {
    for (let first = 0; first < out; first += outputsPerLaunch) {
      launch(first, first + outputsPerLaunch >= out);
    }
  };
  inFours((first_out, isLast) =>
    program.launch(software ? forward : lanesForward, {
      buffers: { x, w: weight, bias, y },
      partial: isLast ? [] : ["y"],
      uniforms: { ...uniforms, first_out },
      ...dealtRows(program.memory.gpu, rows, vectors),
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toX = program.gradientTarget(x);
    if (toX !== undefined) {
      if (!toX.accumulate) fill(program, toX.gradient, 0);
      const buffers = { dy, w: weight, dx: toX.gradient };
      program.launch(backwardInput, { buffers, uniforms, threads: rows * vectors });
    }
    const toWeight = program.gradientTarget(weight);
    if (toWeight !== undefined) {
      const splits = Math.max(1, Math.ceil(rows / partRows));
      const parts = program.buffer("narrow linear parts", splits * out * x.columns * 4);
      const workgroupSize = partLanes * besideEachOther;
      inFours((first_out, isLast) =>
        program.launch(software ? backwardWeight : workgroupBackwardWeight, {
          buffers: { x, dy, parts },
          partial: isLast ? [] : ["parts"],
          uniforms: { ...uniforms, first_out, part: partRows, splits },
          ...software ? { threads: splits * vectors } : {
            constants: { lanes: partLanes },
            threads: splits * Math.ceil(vectors / besideEachOther) * workgroupSize,
            workgroupSize,
          },
        })
      );
      const { gradient, accumulate } = toWeight;
      const count = out * x.columns;
      combineParts(program, parts, gradient, { count, columns: x.columns, splits, accumulate });
    }
    const toBias = program.gradientTarget(bias);
    if (toBias !== undefined) sumColumns(program, dy, toBias.gradient, toBias.accumulate);
  });
  return y;
}
