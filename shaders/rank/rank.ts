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
import type { PairList } from "./pair_list.ts";
import pairListSource from "./pair_list.wgsl" with { type: "text" };

const allow = kernel("rank/allow", allowSource);
const mask = kernel("rank/mask", pairListSource, maskSource);
const count = kernel("rank/count", pairListSource, countSource);

/**
 * Appends the masking of items that users may not get: their score becomes the least f32.
 *
 * @param program The program.
 * @param scores `places×stride`.
 * @param masked Who may not get what.
 */
export function maskScores(program: Program, scores: Tensor, masked: PairList): void {
  program.launch(mask, {
    buffers: { masked: masked.allocation, scores },
    partial: ["scores"],
    uniforms: { stride: scores.columns },
    threads: masked.capacity,
  });
}

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
 * @param scores `places×stride`, masked.
 * @param items Number of items; columns beyond are padding.
 * @param heldOut The held-out pairs.
 * @param ranks Where the ranks of the pairs of all blocks go, u32, 0 before.
 */
export function countRanks(
  program: Program,
  scores: Tensor,
  items: number,
  heldOut: PairList,
  ranks: Allocation,
): void {
  const segment = segmentItems[program.memory.gpu.software ? "software" : "hardware"];
  const segments = Math.ceil(items / segment);
  program.launch(count, {
    buffers: { held_out: heldOut.allocation, scores, ranks },
    uniforms: { items, stride: scores.columns, segments, segment },
    threads: heldOut.capacity * segments,
  });
}
