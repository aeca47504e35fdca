/**
 * The best items by numbers on the CPU: by given scores, or by how often they were taken, which is
 * what to give to a user of whom nothing is known.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { degreesOf } from "../data/dataset_summary.ts";
import type { ScoredItems } from "./best_items.ts";
import { kBest } from "./k_best.ts";

/**
 * The k most popular items by their number of train rows, ties by smaller index.
 *
 * @param dataset The dataset.
 * @param k How many; fewer where there are no more candidates.
 * @param candidates The items that may be given (default: all).
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { popularItems } from "./popular_items.ts";
 * popularItems(await readDataset(`${await Deno.makeTempDir()}/sample`), 10).items.length; // 10
 * ```
 */
export function popularItems(dataset: Dataset, k: number, candidates?: Uint32Array): ScoredItems {
  return bestOf(
    Float64Array.from(degreesOf([dataset.train], "items", dataset.items)),
    k,
    candidates,
  );
}

/**
 * A list without some of its items.
 *
 * @param list The list.
 * @param excluded The items that it is not to hold.
 */
export function withoutItems(list: ScoredItems, excluded: Uint32Array): ScoredItems {
  if (excluded.length === 0) return list;
  const out = new Set(excluded);
  const isKept = list.items.map((item) => out.has(item) ? 0 : 1);
  return {
    items: list.items.filter((_, n) => isKept[n] === 1),
    scores: list.scores.filter((_, n) => isKept[n] === 1),
  };
}

/**
 * The k best items by their scores, ties by smaller index; an item of score −∞ is no candidate.
 *
 * @param scores The score of each item.
 * @param k How many.
 * @param candidates The items that may be given (default: all).
 * @example
 * ```ts
 * import { bestOf } from "./popular_items.ts";
 * bestOf(Float64Array.of(1, 3, 3), 2).items; // [1, 2]
 * ```
 */
export function bestOf(
  scores: ArrayLike<number>,
  k: number,
  candidates?: Uint32Array,
): ScoredItems {
  const items = kBest(scores, k, { candidates });
  return { items, scores: Float32Array.from(items, (item) => scores[item]) };
}
