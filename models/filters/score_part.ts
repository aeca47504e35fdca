/**
 * Filters are weighted sums of parts. Each is linear in what a user took, so that the score of an item is the sum of
 * what each of the user's items gives it.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Memory } from "../../gpu/memory.ts";
import {
  type RowLists,
  sumSparseRows,
  uploadRows,
} from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import type { BlockScorer, ScorePart, Scorer, UserBlock, WeightedParts } from "../model.ts";

/** The name of the part that an item graph of interactions gives. */
export const takenTogether = "taken together";

/**
 * What scores by a weighted sum of parts.
 *
 * @param model The parts, and one list of weights.
 */
export function sumOfParts({ parts, names, weights: [weights], kept }: WeightedParts): Scorer {
  const used = parts.map((part, n) => ({ part, name: names[n], weight: weights[n] }))
    .filter(({ weight }) => weight !== 0);
  const representation: BlockScorer = {
    scoreBlock: (program, block, scores) =>
      used.forEach(({ part, weight }, n) =>
        part.addScores(program, block, scores, { weight, accumulate: n > 0 })
      ),
  };
  return {
    kept,
    represent: () => representation,
    composition: () => ({ representation, by: "filter", parts: used, isAdditive: true }),
  };
}

/**
 * The parts of several sums in one.
 *
 * @param sums Sums for the same models.
 */
export function joinParts(sums: readonly WeightedParts[]): WeightedParts {
  const [{ weights }] = sums;
  return {
    parts: sums.flatMap(({ parts }) => parts),
    names: sums.flatMap(({ names }) => names),
    weights: weights.map((_, model) => sums.flatMap(({ weights }) => weights[model])),
    kept: sums.find(({ kept }) => kept !== undefined)?.kept,
  };
}

/**
 * The items that each user of a block took, as lists of rows.
 *
 * @param block The users.
 */
export function listsOf({ users, historyStart: start, history: rows }: UserBlock): RowLists {
  return { count: users.length, start, rows };
}

/**
 * `R·M` for a sparse matrix of items: the sum of its rows over what a user took.
 *
 * @param memory Where it is planned.
 * @param label What it is.
 * @param matrix M, `I×I`.
 */
export function sparsePart(memory: Memory, label: string, matrix: Csr): ScorePart {
  const rows = uploadRows(memory, label, matrix);
  return {
    addScores: (program, block, scores, how) =>
      sumSparseRows(program, listsOf(block), rows, scores, how),
  };
}
