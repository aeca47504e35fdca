/**
 * Filters are sums of parts, each of which scores a block of users: a part is linear in what a user took, so the
 * score of an item is the sum of what each of the user's items gives it.
 *
 * @module
 */
import type { Memory } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { Csr } from "../../algebra/csr.ts";
import type { RowLists } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import { sumSparseRows, uploadRows } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import type { KeptState, Scorer } from "../model.ts";

/**
 * Appends scores of a block of users, or adds to what is there.
 *
 * @param program The program.
 * @param lists The items that each user of the block took.
 * @param scores `users×stride`; columns beyond the items are padding.
 * @param accumulate Whether to add.
 */
export type ScorePart = (
  program: Program,
  lists: RowLists,
  scores: Tensor,
  accumulate: boolean,
) => void;

/**
 * What scores by the sum of parts.
 *
 * @param parts The parts, at least one.
 * @param kept What a run keeps of them.
 */
export function sumOfParts(parts: readonly ScorePart[], kept?: KeptState): Scorer {
  return {
    kept,
    represent: () => ({
      scoreBlock(
        program,
        { users: { length: count }, historyStart: start, history: rows },
        scores,
      ) {
        parts.forEach((part, n) => part(program, { count, start, rows }, scores, n > 0));
      },
    }),
  };
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
  return (program, lists, scores, accumulate) =>
    sumSparseRows(program, lists, rows, scores, accumulate);
}
