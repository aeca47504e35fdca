/**
 * Polynomials of `L = I − 2G` by Chebyshev's recurrence: two sparse products a degree, and no eigenvectors.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../../algebra/csr.ts";
import type { Memory } from "../../gpu/memory.ts";
import { normalisedInteractions } from "../../graph/interaction_graph.ts";
import { degreePowers } from "../../graph/item_gram.ts";
import { launchSpmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { launchWeightedSum } from "../../shaders/weighted_sum/weighted_sum.ts";
import { columnPart } from "./column_part.ts";
import type { ScorePart } from "../model.ts";

/**
 * `R·D_I^-β (Σ_k c_k T_k(L)) D_I^β`, `G = XᵀX`, `X = D_U^-½ R D_I^-½`.
 *
 * G is applied as X and Xᵀ, which have far fewer entries. As `T_k(2σ² − 1) = T_{2k}(σ)`, the terms are those of
 * even degree of the bipartite graph's own recurrence; those of odd degree stand on the users between them. With
 * signs that alternate, a term follows from the one before it, and from the one two before it in whose place it
 * comes: `u ← u + 2X·t`, `t ← t − 2Xᵀ·u` [derived].
 *
 * @param memory Where its matrices are planned.
 * @param interactions R, `U×I`, value 1 each.
 * @param coefficients The c_k, at least one.
 * @param beta β.
 */
export function chebyshevPart(
  memory: Memory,
  interactions: Csr,
  coefficients: readonly number[],
  beta: number,
): ScorePart {
  const { rows: users, columns: items } = interactions;
  const x = uploadSparse(memory, "X", normalisedInteractions(interactions, 0));
  const degrees = rowCounts(transpose(interactions));
  const factor = (label: string, exponent: number) => {
    const powers = Float32Array.from(degreePowers(degrees, exponent));
    return memory.reserve(label, powers.byteLength, "degrees", powers);
  };
  const [c0, ...others] = coefficients;
  return columnPart({
    items,
    height: users,
    before: factor("degrees to the power −β", -beta),
    after: factor("degrees to the power β", beta),
    plan(program, t) {
      const d = t.columns;
      const planned = (label: string, rows: number) =>
        program.tensor(label, rows, d, { differentiable: false });
      const [u, y] = [planned("odd terms on users", users), planned("filtered users", items)];
      const add = (weight: number, accumulate: boolean) =>
        launchWeightedSum(program, [{ x: t, weight }], y, items * d, accumulate);
      return {
        y,
        append() {
          add(c0, false);
          others.forEach((weight, n) => {
            launchSpmm(program, x.matrix, t, u, d, n === 0 ? {} : { alpha: 2, accumulate: true });
            launchSpmm(program, x.transposed, u, t, d, { alpha: -2, accumulate: true });
            add(weight, true);
          });
        },
      };
    },
  });
}
