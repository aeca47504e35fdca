/**
 * Polynomials of a sparse item graph in its powers, a product each.
 *
 * @module
 */
import { type Csr, transpose } from "../../algebra/csr.ts";
import type { Memory } from "../../gpu/memory.ts";
import { launchSpmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { launchWeightedSum } from "../../shaders/weighted_sum/weighted_sum.ts";
import { columnPart } from "./column_part.ts";
import type { ScorePart } from "../model.ts";

/**
 * `R·Σ_k w_k P^k`, k from 1.
 *
 * @param memory Where P is planned.
 * @param label What P is.
 * @param graph P, `I×I`.
 * @param weights The w_k.
 */
export function powerPart(
  memory: Memory,
  label: string,
  graph: Csr,
  weights: readonly number[],
): ScorePart {
  // Users stand in columns, so that their rows are multiplied by Pᵀ from the left.
  const { matrix } = uploadSparse(memory, label, transpose(graph));
  return columnPart({
    items: graph.rows,
    height: graph.rows,
    plan(program, x) {
      const { rows, columns } = x;
      const powers = weights.map((_, n) =>
        program.tensor(`users times power ${n + 1}`, rows, columns, { differentiable: false })
      );
      const y = program.tensor("filtered users", rows, columns, { differentiable: false });
      const terms = powers.map((power, n) => ({ x: power, weight: weights[n] }));
      return {
        y,
        append() {
          powers.forEach((power, n) =>
            launchSpmm(program, matrix, n === 0 ? x : powers[n - 1], power, columns)
          );
          launchWeightedSum(program, terms, y, rows * columns);
        },
      };
    },
  });
}
