/**
 * Binary cross-entropy with logits over the positive and negative scores of a batch.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import functionsSource from "../common/loss_terms/functions.wgsl" with { type: "text" };
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("bce_loss/forward", stateSource, functionsSource, forwardSource);
const backward = kernel("bce_loss/backward", stateSource, functionsSource, backwardSource);

/**
 * Adds the mean over 2B of the binary cross-entropy of [s⁺; s⁻] with the labels [1; 0] (methods.md,
 * §1), as one term for each label.
 *
 * @param losses The terms.
 * @param positive `B×1`, the scores of the positive items.
 * @param negative `B×1`, the scores of the negative items.
 */
export function bceLoss(losses: LossTerms, positive: Tensor, negative: Tensor): void {
  const { program, state } = losses;
  const count = positive.rows;
  const halves = [["bce positive", positive, -1], ["bce negative", negative, 1]] as const;
  for (const [name, score, sign] of halves) {
    const y = program.tensor(`${name} loss`, count, 1);
    program.launch(forward, {
      buffers: { score, state, y },
      uniforms: { count, sign },
      threads: count,
    });
    losses.add(name, y, { count, scale: 0.5, perBatchRow: true });
    program.onBackward(() => {
      const target = program.gradientTarget(score);
      if (target === undefined) return;
      program.launch(backward, {
        buffers: { score, state, dscore: target.gradient },
        uniforms: { count, sign, scale: 0.5 },
        constants: { accumulate: Number(target.accumulate) },
        threads: count,
      });
    });
  }
}
