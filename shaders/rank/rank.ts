/**
 * Ranks of held-out items among all candidates: integers, exact, without a sort.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import allowSource from "./allow.wgsl" with { type: "text" };
import countSource from "./count.wgsl" with { type: "text" };
import maskSource from "./mask.wgsl" with { type: "text" };

const allow = kernel("rank/allow", allowSource);
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

/** The item of a pair that masks nothing: it fills a list up to a fixed length. */
export const noItem = 0xffffffff;

/**
 * Appends the masking of all items but some: their score becomes the least f32.
 *
 * @param program The program.
 * @param scores `users×stride`.
 * @param items Number of items.
 * @param allowed A bit an item, 32 to a word, the least significant first: 1 for the items that are kept.
 */
export function allowItems(
  program: Program,
  scores: Tensor,
  items: number,
  allowed: Allocation,
): void {
  program.launch(allow, {
    buffers: { allowed, scores },
    partial: ["scores"],
    uniforms: { rows: scores.rows, items, stride: scores.columns },
    threads: scores.rows * Math.ceil(items / 32),
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
