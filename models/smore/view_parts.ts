/**
 * SMORE's rows as sums of views (methods.md, §3, steps 6 and 7): behaviour, and what each gate lets through.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { type Gated, gatedSum } from "../../shaders/gate/gate.ts";
import { rowParts } from "../composition.ts";
import type { RowComposition, RowPart, RowRepresentation } from "../model.ts";

/** What an evaluation has of users, or of items. */
export interface EvaluatedViews {
  /** The behaviour view, `rows×d`. */
  readonly content: Tensor;
  /** The gate of each other view. */
  readonly gates: readonly Gated[];
}

/**
 * `content`, and `p_m ⊙ a_m` over the number of views for each of them.
 *
 * @param program The program.
 * @param representation The rows that these sum to.
 * @param views The names of the gated views.
 * @param evaluated What there is of users, and of items.
 */
export function viewComposition(
  program: Program,
  representation: RowRepresentation,
  views: readonly string[],
  evaluated: { readonly users: EvaluatedViews; readonly items: EvaluatedViews },
): RowComposition {
  const parts = ({ content, gates }: EvaluatedViews): RowPart[] => {
    const sides = gates.map((gate, n) => gatedSum(program, [gate], 1 / views.length, views[n]));
    return rowParts(["behaviour", ...views], [content, ...sides]);
  };
  const { users, items } = evaluated;
  return { representation, by: "view", users: parts(users), items: parts(items) };
}
