/**
 * Bayesian personalised ranking of rows whose products are the scores: both products, the loss and all
 * three gradients in two passes.
 *
 * @module
 */
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import functionsSource from "../common/loss_terms/functions.wgsl" with { type: "text" };
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import backwardSource from "./rows_backward.wgsl" with { type: "text" };
import forwardSource from "./rows_forward.wgsl" with { type: "text" };

const forward = elementKernel(
  "bpr_loss/rows_forward",
  stateSource,
  functionsSource,
  forwardSource,
);
const backward = elementKernel("bpr_loss/rows_backward", stateSource, backwardSource);

/**
 * Adds the term `−weight·mean log σ(u·p − u·n)` over the rows of the batch (Rendle et al., UAI 2009):
 * what `bprLoss()` gives of two `rowDot()`.
 *
 * @param losses The terms.
 * @param user `B×d`, the rows u of users.
 * @param positive `B×d`, the rows p of their items.
 * @param negative `B×d`, the rows n of items that they do not have.
 * @param options The weight, and what the term is called.
 * @throws {Error} The shapes differ.
 */
export function bprLossOfRows(
  losses: LossTerms,
  user: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: { weight?: number; name?: string } = {},
): void {
  const { program, state } = losses;
  const { weight = 1, name = "bpr" } = options;
  const { rows: count, columns } = user;
  for (const { label, rows, columns: width } of [positive, negative]) {
    if (rows !== count || width !== columns) {
      throw new Error(`"${user.label}" is ${count}×${columns}, "${label}" ${rows}×${width}`);
    }
  }
  const y = program.tensor(`${name} loss`, count, 1);
  const slope = program.buffer(`slopes of the ${name} loss`, count * 4);
  const { width, kernel } = forward(columns);
  const sizes = { count, columns: columns / width };
  program.launch(kernel, {
    buffers: { user, positive, negative, state, y, slope },
    uniforms: sizes,
    threads: count,
  });
  losses.add(name, y, { count, scale: weight, perBatchRow: true });
  program.onBackward(() => {
    const targets = [user, positive, negative].map((x) => program.gradientTarget(x));
    if (targets.every((target) => target === undefined)) return;
    // What takes no gradient has its own written aside.
    const [duser, dpositive, dnegative] = targets.map((target) =>
      target?.gradient ?? program.tensor(`${name} gradient that nobody takes`, count, columns)
    );
    const [accumulate_user, accumulate_positive, accumulate_negative] = targets.map((target) =>
      Number(target?.accumulate ?? false)
    );
    program.launch(backward(columns).kernel, {
      buffers: { user, positive, negative, slope, state, duser, dpositive, dnegative },
      uniforms: { ...sizes, scale: weight },
      constants: { accumulate_user, accumulate_positive, accumulate_negative },
      threads: count * sizes.columns,
    });
  });
}
