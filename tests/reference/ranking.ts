/**
 * Full ranking and its metrics as methods.md (§1) words them: sort everything, then look at the top.
 *
 * @module
 */

/** One user's scores, the items that may not be recommended, and those held out. */
export interface RankingCase {
  /** A score for each item. */
  readonly scores: ArrayLike<number>;
  /** Items that are no candidates. */
  readonly masked: ReadonlySet<number>;
  /** The items to be found. */
  readonly heldOut: readonly number[];
}

/**
 * The candidates, best first; ties by item index.
 *
 * @example
 * ```ts
 * import { rankedItems } from "./ranking.ts";
 * rankedItems({ scores: [1, 2, 2], masked: new Set(), heldOut: [] }); // [1, 2, 0]
 * ```
 */
export function rankedItems(user: RankingCase): number[] {
  return Array.from(user.scores, (_, item) => item)
    .filter((item) => !user.masked.has(item))
    .sort((a, b) => user.scores[b] - user.scores[a] || a - b);
}

/**
 * Recall, NDCG, Precision, MAP, hit rate and MRR at each cutoff: means over the users with a held-out item.
 *
 * @example
 * ```ts
 * import { rankingMetrics } from "./ranking.ts";
 * rankingMetrics([{ scores: [3, 2, 1], masked: new Set([0]), heldOut: [2] }], [2]); // recall@2: 1
 * ```
 */
export function rankingMetrics(
  users: readonly RankingCase[],
  cutoffs: readonly number[],
): Record<string, number> {
  const evaluated = users.filter((user) => user.heldOut.length > 0);
  const result: Record<string, number> = {};
  for (const cutoff of cutoffs) {
    const each = evaluated.map((user) => {
      const hits = rankedItems(user).slice(0, cutoff)
        .map((item) => user.heldOut.includes(item) ? 1 : 0 as number);
      const reachable = Math.min(user.heldOut.length, cutoff);
      const total = sum(hits);
      const ideal = sum(Array.from({ length: reachable }, (_, k) => 1 / Math.log2(k + 2)));
      return {
        recall: total / user.heldOut.length,
        precision: total / cutoff,
        ndcg: sum(hits.map((hit, k) => hit / Math.log2(k + 2))) / ideal,
        map: sum(hits.map((hit, k) => hit * sum(hits.slice(0, k + 1)) / (k + 1))) / reachable,
        hit: hits.includes(1) ? 1 : 0,
        mrr: hits.includes(1) ? 1 / (hits.indexOf(1) + 1) : 0,
      };
    });
    for (const name of ["recall", "ndcg", "precision", "map", "hit", "mrr"] as const) {
      result[`${name}@${cutoff}`] = sum(each.map((user) => user[name])) / evaluated.length;
    }
  }
  return result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
