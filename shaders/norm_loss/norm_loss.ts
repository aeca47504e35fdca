/**
 * MMRec's EmbLoss: the Frobenius norms of the batch's rows (methods.md, §1).
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };

const backward = kernel("norm_loss/backward", stateSource, backwardSource);

/**
 * Adds the term `weight·‖x‖_F/rows`, the norm and not its square, over the rows of the batch.
 *
 * @param losses The terms.
 * @param x `B×d`; rows that a short batch lacks are zeros.
 * @param weight Factor of the term; 0 adds none.
 * @param name What the term is called.
 */
export function normLoss(losses: LossTerms, x: Tensor, weight: number, name: string): void {
  if (weight === 0) return;
  const { program, state } = losses;
  const count = x.rows * x.columns;
  const slot = losses.add(name, x, {
    count,
    square: true,
    squareRoot: true,
    scale: weight,
    perBatchRow: true,
  });
  program.onBackward(() => {
    const target = program.gradientTarget(x);
    if (target === undefined) return;
    const vectors = Math.ceil(count / 4);
    program.launch(backward, {
      buffers: { x, terms: losses.allocation, state, dx: target.gradient },
      uniforms: { vectors, weight, slot },
      constants: { accumulate: Number(target.accumulate) },
      threads: vectors,
    });
  });
}
