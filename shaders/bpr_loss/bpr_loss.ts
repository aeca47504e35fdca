/**
 * Bayesian personalised ranking: the loss of (positive, negative) pairs of scores.
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

const forward = kernel("bpr_loss/forward", stateSource, functionsSource, forwardSource);
const backward = kernel("bpr_loss/backward", stateSource, functionsSource, backwardSource);

/**
 * Adds the term `−weight·mean log σ(s⁺−s⁻)` over the rows of the batch (Rendle et al., UAI 2009).
 *
 * @param losses The terms.
 * @param positive `B×1`, the scores of the positive items.
 * @param negative `B×1`, the scores of the negative items.
 * @param options The weight, and what the term is called.
 */
export function bprLoss(
  losses: LossTerms,
  positive: Tensor,
  negative: Tensor,
  options: { weight?: number; name?: string } = {},
): void {
  const { program, state } = losses;
  const { weight = 1, name = "bpr" } = options;
  const count = positive.rows;
  const y = program.tensor(`${name} loss`, count, 1);
  program.launch(forward, {
    buffers: { positive, negative, state, y },
    uniforms: { count },
    threads: count,
  });
  losses.add(name, y, { count, scale: weight, perBatchRow: true });
  program.onBackward(() => {
    for (const [x, sign] of [[positive, -1], [negative, 1]] as const) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      program.launch(backward, {
        buffers: { positive, negative, state, dscore: target.gradient },
        uniforms: { count, scale: weight, sign },
        constants: { accumulate: Number(target.accumulate) },
        threads: count,
      });
    }
  });
}
