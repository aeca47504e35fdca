/**
 * The squared norm of a matrix as a term of a loss.
 *
 * @module
 */
import type { Tensor } from "../../gpu/tensor.ts";
import { launchBinary } from "../elementwise/elementwise.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";

/**
 * Adds the term `weight·½‖x‖²`.
 *
 * @param losses The terms.
 * @param x Any shape; rows that a short batch lacks are zeros.
 * @param weight Factor of the term; 0 adds none.
 * @param name What the term is called.
 */
export function squareLoss(losses: LossTerms, x: Tensor, weight: number, name: string): void {
  if (weight === 0) return;
  const { program } = losses;
  const count = x.rows * x.columns;
  losses.add(name, x, { count, square: true, scale: weight / 2 });
  program.onBackward(() => {
    const target = program.gradientTarget(x);
    if (target === undefined) return;
    const { gradient: c, accumulate } = target;
    launchBinary(program, { a: x, b: x, c, count, alpha: weight, beta: 0, accumulate });
  });
}
