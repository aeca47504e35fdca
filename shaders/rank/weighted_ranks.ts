/**
 * Ranks of held-out items by several weighted sums of the same scores, which are read once for four of them.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import countSource from "./count_weighted.wgsl" with { type: "text" };
import type { PairList } from "./pair_list.ts";
import pairListSource from "./pair_list.wgsl" with { type: "text" };

const count = kernel("rank/count_weighted", pairListSource, countSource);

/** Candidates that an invocation takes. */
export const candidatesTogether = 4;

/** Items that one invocation compares with. */
const segmentItems = { software: 8192, hardware: 256 };
/** Turns of its loops at most (webgpu.md, trap 1). */
const mostTurns = 32_768;

/** Scores of several parts, and sums of them. */
export interface WeightedScores {
  /** The scores of each part, `users×stride`, one after the other; those of the first are masked. */
  readonly scores: Allocation;
  /** Numbers from the scores of one part to those of the next. */
  readonly partStride: number;
  /** How many parts. */
  readonly parts: number;
  /** Numbers from one row of the scores to the next. */
  readonly stride: number;
  /** Number of items; columns beyond are padding. */
  readonly items: number;
  /** The weights of {@linkcode candidatesTogether} candidates beside each other, part after part. */
  readonly weights: Tensor;
  /** The number of candidates that count, u32. */
  readonly candidates: Allocation;
}

/**
 * Appends the count of items ahead of each held-out item, as `countRanks()` does, for each candidate.
 *
 * @param program The program.
 * @param sums Scores and weights.
 * @param heldOut The held-out pairs.
 * @param ranks Where the ranks of the pairs of all blocks go, u32, 0 before.
 * @param rankStride Ranks of a candidate.
 */
export function countWeightedRanks(
  program: Program,
  sums: WeightedScores,
  heldOut: PairList,
  ranks: Allocation,
  rankStride: number,
): void {
  const { scores, weights, candidates, items, parts } = sums;
  const wanted = segmentItems[program.memory.gpu.software ? "software" : "hardware"];
  const segment = Math.max(1, Math.min(wanted, Math.floor(mostTurns / parts)));
  const segments = Math.ceil(items / segment);
  program.launch(count, {
    buffers: { held_out: heldOut.allocation, scores, weights, candidates, ranks },
    uniforms: {
      pairs: heldOut.capacity,
      items,
      stride: sums.stride,
      segments,
      segment,
      part_stride: sums.partStride,
      rank_stride: rankStride,
    },
    constants: { parts },
    threads: heldOut.capacity * segments * weights.rows,
  });
}
