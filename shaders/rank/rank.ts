/**
 * Ranks of held-out items among all candidates: integers, exact, without a sort.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program, Tensor } from "../../gpu/program.ts";
import countSource from "./count.wgsl" with { type: "text" };
import maskSource from "./mask.wgsl" with { type: "text" };

const mask = kernel("rank/mask", maskSource);
const count = kernel("rank/count", countSource);

/** (user, item) pairs on the device, by user, and those of them that belong to a tile of users. */
export interface PairRange {
  /** The pairs, two u32 each. */
  readonly pairs: Allocation;
  /** The first pair of the tile. */
  readonly first: number;
  /** The number of pairs of the tile. */
  readonly count: number;
}

/**
 * Appends the masking of items that users may not get: their score becomes the least f32.
 *
 * @param program The program.
 * @param scores `users×stride`, of users from `firstUser`.
 * @param range Who may not get what.
 * @param firstUser The user of the first row.
 */
export function maskScores(
  program: Program,
  scores: Tensor,
  range: PairRange,
  firstUser: number,
): void {
  program.launch(mask, {
    buffers: { entries: range.pairs, scores },
    partial: ["scores"],
    uniforms: {
      entries: range.count,
      first_entry: range.first,
      first_user: firstUser,
      stride: scores.columns,
    },
    threads: range.count,
  });
}

/** The rank of a held-out item whose score is NaN: no place in any list. */
export const unranked = 0xffffffff;

/** Items that one invocation compares with; bounds the loop (webgpu.md, trap 1). */
const segmentItems = { software: 8192, hardware: 256 };

/**
 * Appends the count of candidates ahead of each held-out item: a greater score, or an equal one and
 * a smaller index. The rank is {@linkcode unranked} where the score of the held-out item is NaN.
 *
 * @param program The program.
 * @param scores `users×stride`, masked, of users from `firstUser`.
 * @param items Number of items; columns beyond are padding.
 * @param range The held-out pairs.
 * @param firstUser The user of the first row.
 * @param ranks Where each pair's rank goes, u32, 0 before.
 */
export function countRanks(
  program: Program,
  scores: Tensor,
  items: number,
  range: PairRange,
  firstUser: number,
  ranks: Allocation,
): void {
  const segment = segmentItems[program.memory.gpu.software ? "software" : "hardware"];
  const segments = Math.ceil(items / segment);
  program.launch(count, {
    buffers: { pairs: range.pairs, scores, ranks },
    uniforms: {
      pairs: range.count,
      first_pair: range.first,
      first_user: firstUser,
      items,
      stride: scores.columns,
      segments,
      segment,
    },
    threads: range.count * segments,
  });
}
