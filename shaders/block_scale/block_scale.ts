/**
 * Blocks of columns scaled by learned weights, one for each row and block: the users' weights of
 * modalities (methods.md, §4 b).
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumLanesSource from "../common/lanes/sum_lanes.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import backwardOperandsSource from "./backward_operands.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import forwardOperandsSource from "./forward_operands.wgsl" with { type: "text" };
import lanesBackwardSource from "./lanes_backward.wgsl" with { type: "text" };
import vectorForwardSource from "./vector_forward.wgsl" with { type: "text" };

const forward = kernel("block_scale/forward", forwardOperandsSource, forwardSource);
const backward = kernel("block_scale/backward", backwardOperandsSource, backwardSource);
const vectorForward = kernel(
  "block_scale/vector_forward",
  forwardOperandsSource,
  vectorForwardSource,
);
const lanesBackward = kernel(
  "block_scale/lanes_backward",
  backwardOperandsSource,
  lanesSource,
  sumLanesSource,
  lanesBackwardSource,
);

/**
 * `y[r, b·d+c] = w[r, b]·x[r, b·d+c]` for the first rows, `y = x` below them, differentiated.
 *
 * @param program The program.
 * @param x `rows×(blocks·d)`, d a multiple of 4.
 * @param weights `n×blocks`, n ≤ rows.
 * @returns `rows×(blocks·d)`.
 * @throws {Error} d is no multiple of 4.
 */
export function scaleBlocks(program: Program, x: Tensor, weights: Tensor): Tensor {
  const { rows, columns } = x;
  const blocks = weights.columns;
  if (columns % (4 * blocks) !== 0) {
    throw new Error(`Cannot cut "${x.label}" of ${columns} columns in ${blocks} blocks of 4·n`);
  }
  const y = program.tensor(`weighted ${x.label}`, rows, columns);
  const vectors = columns / blocks / 4;
  const uniforms = { rows, weighted: weights.rows, blocks, vectors };
  const { software } = program.memory.gpu;
  const threads = rows * blocks;
  program.launch(software ? forward : vectorForward, {
    buffers: { x, w: weights, y },
    uniforms,
    threads: software ? threads : threads * vectors,
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
    const { gradient: dw, accumulate: accumulateW } = toWeights ?? unused(weights);
    const constants = { accumulate_x: Number(accumulateX), accumulate_w: Number(accumulateW) };
    program.launch(software ? backward : lanesBackward, {
      buffers: { x, w: weights, dy, dx, dw },
      uniforms,
      ...dealtRows(program.memory.gpu, threads, vectors, constants),
    });
  });
  return y;
}
