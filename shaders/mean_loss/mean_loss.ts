/**
 * The mean of a column over the rows of the batch, as a term of a loss.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("mean_loss/forward", stateSource, forwardSource);
const backward = kernel("mean_loss/backward", stateSource, backwardSource);

/**
 * Adds the term `weight·mean_b x_b` over the rows of the batch.
 *
 * @param losses The terms.
 * @param x `B×1`.
 * @param weight Factor of the term; 0 adds none.
 * @param name What the term is called.
 */
export function meanLoss(losses: LossTerms, x: Tensor, weight: number, name: string): void {
  if (weight === 0) return;
  const { program, state } = losses;
  const { rows } = x;
  const y = program.tensor(`${name} by row`, rows, 1);
  program.launch(forward, { buffers: { x, state, y }, uniforms: { rows }, threads: rows });
  losses.add(name, y, { count: rows, scale: weight, perBatchRow: true });
  program.onBackward(() => {
    const target = program.gradientTarget(x);
    if (target === undefined) return;
    program.launch(backward, {
      buffers: { state, dx: target.gradient },
      uniforms: { rows, weight },
      constants: { accumulate: Number(target.accumulate) },
      threads: rows,
    });
  });
}
