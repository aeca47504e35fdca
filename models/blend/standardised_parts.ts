/**
 * The scores of members as parts of a sum: each standardised for a user over the items that are not the user's own.
 *
 * @module
 */
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { standardiseRows } from "../../shaders/standardise/standardise.ts";
import { listsOf } from "../filters/score_part.ts";
import type { Representation, RowRepresentation, ScorePart, Scorer } from "../model.ts";
import { appendScores } from "../row_scores.ts";

/** Members that are represented. */
export interface RepresentedMembers {
  /** Where the scores of each come from. */
  readonly representations: readonly Representation[];
  /** Their standardised scores. */
  readonly parts: readonly ScorePart[];
  /** The rows of those whose scores are products of rows. */
  readonly rows: readonly RowRepresentation[];
  /** What scores of blocks read of what is represented. */
  readonly reads: readonly Allocation[];
}

/**
 * Appends the forward passes of members.
 *
 * @param program The program.
 * @param scorers The members.
 * @param items Number of items.
 */
export function representMembers(
  program: Program,
  scorers: readonly Scorer[],
  items: number,
): RepresentedMembers {
  const reads: Allocation[] = [];
  const representations = scorers.map((scorer) => {
    const first = program.uses.length;
    const representation = scorer.represent(program);
    reads.push(
      ..."users" in representation
        ? [representation.users.table.allocation, representation.items.table.allocation]
        // What a model reads that scores blocks itself is its own affair.
        : program.uses.slice(first).flat().map(({ buffer }) => buffer),
    );
    return representation;
  });
  return {
    representations,
    parts: standardisedParts(representations, items),
    rows: representations.filter((one) => "users" in one),
    reads,
  };
}

/**
 * Parts that take turns in one tile of scores that are not standardised yet.
 *
 * @param representations Where the scores of each member come from.
 * @param items Number of items.
 */
export function standardisedParts(
  representations: readonly Representation[],
  items: number,
): ScorePart[] {
  const tiles = new WeakMap<Program, Tensor>();
  const tileOf = (program: Program, { rows, columns }: Tensor) => {
    const tile = tiles.get(program) ??
      program.tensor("scores of a member", rows, columns, { differentiable: false });
    tiles.set(program, tile);
    return tile;
  };
  return representations.map((representation) => ({
    addScores(program, block, scores, how) {
      const tile = tileOf(program, scores);
      appendScores(program, representation, block, tile);
      standardiseRows(program, tile, listsOf(block), items, scores, how);
    },
  }));
}
