/**
 * The scores of a block of users, wherever they come from.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import type { Representation, UserBlock } from "./model.ts";

/**
 * Appends the scores of all items for the users of a block: products of rows, or what a model says itself.
 *
 * @param program The program.
 * @param representation Where scores come from.
 * @param block The users.
 * @param scores `users×stride`: a row for each place of the block; columns beyond the items are padding.
 */
export function appendScores(
  program: Program,
  representation: Representation,
  block: UserBlock,
  scores: Tensor,
): void {
  if (!("users" in representation)) return representation.scoreBlock(program, block, scores);
  const { items } = representation;
  const a = block.rowsOf(program, representation);
  launchProduct(program, {
    a,
    b: items.table,
    bRow: items.firstRow,
    bLast: items.firstRow + items.rows - 1,
    c: scores,
    m: scores.rows,
    n: scores.columns,
    k: a.columns,
    transposeB: true,
  });
}
