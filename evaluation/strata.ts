/**
 * Metrics of parts of the users and of the items: cold start, and items by their train interactions
 * (methods.md, §6).
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { coldAndOtherUsers } from "./cold_users.ts";
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
  return Object.fromEntries(
    coldAndOtherUsers(dataset, limit).map(({ name, has }) => [
      name,
      stratum(ranked, (place) => has(ranked.users[place])),
    ]),
  );
}

/** The most train interactions of an item of which little is known. */
const fewRows = 5;

/**
 * The metrics of held-out items by what is known of them: by their number of train interactions (none, few, more);
 * and by their popularity, each third of the train interactions making a stratum, head for the most popular items,
 * then mid and tail. A user counts in a stratum with the held-out items of that stratum alone, at their ranks among
 * all candidates.
 *
 * @param ranked The ranks of a split.
 * @param dataset The dataset.
 */
export function itemStrata(ranked: RankedSplit, dataset: Dataset): Record<string, Stratum> {
  const counts = new Uint32Array(dataset.items);
  for (const item of dataset.train.items) counts[item]++;
  const thirds = thirdsOf(counts, dataset.train.items.length);
  const groups: [name: string, has: (item: number) => boolean][] = [
    ["items without train interactions", (item) => counts[item] === 0],
    [
      `items with 1 to ${fewRows} train interactions`,
      (item) => counts[item] > 0 && counts[item] <= fewRows,
    ],
    [`items with more than ${fewRows} train interactions`, (item) => counts[item] > fewRows],
    ...["head", "mid", "tail"].map((name, n): typeof groups[number] => [
      `${name} items`,
      (item) => counts[item] > 0 && thirds[item] === n,
    ]),
  ];
  return Object.fromEntries(
    groups.map(([name, has]) => [
      name,
      stratum(ranked, () => true, (rank) => has(ranked.items[rank])),
    ]),
  );
}

/** The third of all interactions in which an item's first one lies, the most popular items first. */
function thirdsOf(counts: Uint32Array, all: number): Uint8Array {
  const thirds = new Uint8Array(counts.length);
  let before = 0;
  for (const item of [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b)) {
    thirds[item] = Math.min(2, Math.floor(3 * before / all));
    before += counts[item];
  }
  return thirds;
}

function stratum(
  ranked: RankedSplit,
  hasUser: (place: number) => boolean,
  hasRank: (rank: number) => boolean = () => true,
): Stratum {
  const ranks: number[] = [];
  const start = [0];
  for (let place = 0; place < ranked.users.length; place++) {
    if (!hasUser(place)) continue;
    const before = ranks.length;
    for (let n = ranked.start[place]; n < ranked.start[place + 1]; n++) {
      if (hasRank(n)) ranks.push(ranked.ranks[n]);
    }
    if (ranks.length > before) start.push(ranks.length);
  }
  const users = start.length - 1;
  const counts = { users, held_out: ranks.length };
  if (users === 0) return counts;
  const heldOut = { start: Uint32Array.from(start), ranks: Uint32Array.from(ranks) };
  return { ...counts, metrics: metricsFromRanks(heldOut, protocolCutoffs, rankMetrics) };
}
