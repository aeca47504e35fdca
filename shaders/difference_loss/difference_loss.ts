/**
 * The squared distance to a target that takes no gradient, as a term of a loss.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { launchBinary } from "../elementwise/elementwise.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };

const backward = kernel("difference_loss/backward", stateSource, backwardSource);

/**
 * Adds the term `weight·‖x − target‖²/(B·columns)`: for B rows the mean square, the target stopped.
 *
 * @param losses The terms.
 * @param x `rows×columns`; rows that a short batch lacks equal the target's.
 * @param target The same shape; no gradient flows to it.
 * @param weight Factor of the term; 0 adds none.
 * @param name What the term is called.
 */
export function differenceLoss(
  losses: LossTerms,
  x: Tensor,
  target: Tensor,
  weight: number,
  name: string,
): void {
  if (weight === 0) return;
  const { program, state } = losses;
  const { rows, columns } = x;
  const count = rows * columns;
  const difference = program.tensor(`${name} difference`, rows, columns);
  launchBinary(program, { a: x, b: target, c: difference, count, beta: -1 });
  const scale = weight / columns;
  losses.add(name, difference, { count, square: true, scale, perBatchRow: true });
  program.onBackward(() => {
    const to = program.gradientTarget(x);
    if (to === undefined) return;
    const vectors = Math.ceil(count / 4);
    program.launch(backward, {
      buffers: { difference, state, dx: to.gradient },
      uniforms: { vectors, weight: 2 * scale },
      constants: { accumulate: Number(to.accumulate) },
      threads: vectors,
    });
  });
}
