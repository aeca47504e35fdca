/**
 * Dropout with counter-based random numbers, so that it can be repeated and resumed.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { streams } from "../../gpu/random.ts";
import randomSource from "../../gpu/random.wgsl" with { type: "text" };
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("dropout/forward", randomSource, stateSource, forwardSource);

/**
 * `x` with numbers set to 0 at random, the others divided by 1−rate, differentiated.
 *
 * @param program The program.
 * @param x Any shape.
 * @param rate Probability of 0, below 1; with 0 the result is x itself.
 * @param state The state of the step.
 * @param mask Which mask of the model this is: masks of different numbers are independent.
 * @returns The same shape.
 */
export function dropout(
  program: Program,
  x: Tensor,
  rate: number,
  state: Allocation,
  mask: number,
): Tensor {
  if (rate === 0) return x;
  const { rows, columns, differentiable, counted } = x;
  const y = program.tensor(`dropped ${x.label}`, rows, columns, { differentiable, counted });
  const vectors = Math.ceil(rows * columns / 4);
  const uniforms = { vectors, rate, stream: streams.dropout + mask };
  program.launch(forward, { buffers: { x, state, y }, uniforms, threads: vectors });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    program.launch(forward, {
      buffers: { x: dy, state, y: target.gradient },
      uniforms,
      constants: { accumulate: Number(target.accumulate) },
      threads: vectors,
    });
  });
  return y;
}
