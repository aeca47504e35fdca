/**
 * Metrics of parts of the users and of the items: cold start, and items by their train interactions
 * (methods.md, §6).
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { type HeldOutPart, itemParts, ranksOfPart, userParts } from "./held_out_parts.ts";
import { type Metrics, metricsFromRanks, protocolCutoffs, rankMetrics } from "./metrics.ts";
import type { RankedSplit } from "./ranking.ts";

/** A part of what was held out. */
export interface Stratum {
  /** Users with a held-out item in it. */
  readonly users: number;
  /** Held-out items in it. */
  readonly held_out: number;
  /** Their metrics; nothing where there are no users. */
  readonly metrics?: Metrics;
}

/**
 * The metrics of users with few train interactions, and of the others.
 *
 * @param ranked The ranks of a split.
 * @param dataset The dataset.
 * @param limit The most train interactions of a cold user.
 * @example
 * ```ts
 * import { indices } from "../data/identifiers.ts";
 * import { userStrata } from "./strata.ts";
 * const train = { users: new Uint32Array([1, 1]), items: new Uint32Array([0, 1]) };
 * const splits = { train, valid: train, test: train };
 * const ids = { userIds: indices(2), itemIds: indices(3) };
 * const dataset = { name: "x", users: 2, items: 3, ...splits, ...ids, modalities: [] };
 * const ranked = {
 *   users: new Uint32Array([0, 1]),
 *   start: new Uint32Array([0, 1, 2]),
 *   items: new Uint32Array([2, 2]),
 *   ranks: new Uint32Array([0, 9]),
 * };
 * userStrata(ranked, dataset, 1)["users with at most 1 train interactions"].users; // 1
 * ```
 */
export function userStrata(
  ranked: RankedSplit,
  dataset: Dataset,
  limit: number,
): Record<string, Stratum> {
  return strataOf(ranked, userParts(dataset, limit));
}

/**
 * The metrics of held-out items by what is known of them ({@linkcode itemParts}). A user counts in a stratum with the
 * held-out items of that stratum alone, at their ranks among all candidates.
 *
 * @param ranked The ranks of a split.
 * @param dataset The dataset.
 */
export function itemStrata(ranked: RankedSplit, dataset: Dataset): Record<string, Stratum> {
  return strataOf(ranked, itemParts(dataset));
}

function strataOf(
  ranked: RankedSplit,
  parts: readonly HeldOutPart[],
): Record<string, Stratum> {
  return Object.fromEntries(parts.map((part) => {
    const ofPart = ranksOfPart(ranked, part);
    const counts = { users: ofPart.users.length, held_out: ofPart.ranks.length };
    const metrics = counts.users > 0 &&
      { metrics: metricsFromRanks(ofPart, protocolCutoffs, rankMetrics) };
    return [part.name, { ...counts, ...metrics }];
  }));
}
