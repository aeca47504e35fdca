/**
 * The sum of a tensor as a term of a loss.
 *
 * @module
 */
import type { Tensor } from "../../gpu/tensor.ts";
import { fill, launchBinary } from "../elementwise/elementwise.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";

/**
 * Adds the term `weight·Σ x`.
 *
 * @param losses The terms.
 * @param x Any shape.
 * @param weight Factor of the term; 0 adds none.
 * @param name What the term is called.
 */
export function sumLoss(losses: LossTerms, x: Tensor, weight: number, name: string): void {
  if (weight === 0) return;
  const { program } = losses;
  const count = x.rows * x.columns;
  losses.add(name, x, { count, scale: weight });
  program.onBackward(() => {
    const target = program.gradientTarget(x);
    if (target === undefined) return;
    const { gradient, accumulate } = target;
    if (!accumulate) return fill(program, gradient, weight);
    const ones = program.tensor(`d ${name}`, x.rows, x.columns);
    fill(program, ones, weight);
    launchBinary(program, { a: ones, b: ones, c: gradient, count, beta: 0, accumulate });
  });
}
