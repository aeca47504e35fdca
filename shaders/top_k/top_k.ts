/**
 * The k best items of each user.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { isFilledBy } from "../../gpu/tensor.ts";
import selectSource from "./select.wgsl" with { type: "text" };

const select = kernel("top_k/select", selectSource);

/** The greatest k; the collected items are sorted in workgroup memory. */
export const greatestK = 1000;

/** Lists of items on the device. */
export interface BestItems {
  /** `users×k` item indices, best first, u32; 0xffffffff where a user has fewer candidates. */
  readonly items: Allocation;
  /** `users×k` scores, f32. */
  readonly scores: Allocation;
}

/**
 * Appends the choice of the k best items of each user: by score descending, then by index ascending.
 * An item whose score is NaN is no candidate.
 *
 * @param program The program.
 * @param scores `users×stride`, masked by {@linkcode maskScores}.
 * @param shape Rows that count, number of items (columns beyond are padding), and k.
 * @param target Where the lists go (default: planned).
 * @throws {Error} k is 0 or above {@linkcode greatestK}.
 */
export function topK(
  program: Program,
  scores: Tensor,
  shape: { users: number; items: number; k: number },
  target?: BestItems,
): BestItems {
  const { users, items, k } = shape;
  if (!(k >= 1 && k <= greatestK)) {
    throw new Error(`topK() takes k from 1 to ${greatestK}, not ${k}`);
  }
  const best = target ?? {
    items: program.buffer("best items", users * k * 4),
    scores: program.buffer("best scores", users * k * 4),
  };
  program.launch(select, {
    buffers: { scores, best_items: best.items, best_scores: best.scores },
    partial: isFilledBy(best.items, users * k) ? [] : ["best_items", "best_scores"],
    uniforms: { users, items, stride: scores.columns, k },
    threads: users * 256,
    workgroupSize: 256,
  });
  return best;
}
