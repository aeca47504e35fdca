/**
 * Recall, NDCG, Precision, MAP, hit rate and MRR of a full ranking (methods.md, §1), from the ranks of
 * the held-out items alone.
 *
 * @module
 */
import { DataError } from "../errors.ts";

/** The cutoffs that the protocol reports. */
export const protocolCutoffs: readonly number[] = [5, 10, 20, 50];

/**
 * The ranks of each user's held-out items, in compressed-row form: those of user `u` are
 * `ranks[start[u]]` to `ranks[start[u+1]−1]`, in any order.
 */
export interface HeldOutRanks {
  /** `users+1` offsets into `ranks`. */
  readonly start: Uint32Array;
  /**
   * For each held-out item, the number of candidates ahead of it, hence 0 for the best: those with
   * a greater score, or the same score and a smaller item index.
   */
  readonly ranks: Uint32Array;
}

/** Values between 0 and 1 by name and cutoff, such as `"recall@20"`. */
export type Metrics = Record<string, number>;

/** The metrics that a training keeps of each evaluation. */
export const trainingMetrics = ["recall", "ndcg", "precision", "map"] as const;

/** All metrics that follow from the ranks of held-out items. */
export const rankMetrics = [...trainingMetrics, "hit", "mrr"] as const;

/** One of {@linkcode rankMetrics}. */
export type RankMetric = typeof rankMetrics[number];

/**
 * What gives the metrics of one user at each cutoff, in f64.
 *
 * With hits `h_k` (1 if the item in place `k`, counted from 1, is held out) and `n` held-out items
 * of a user: `recall@K = Σ h_k/n`, `precision@K = Σ h_k/K`,
 * `ndcg@K = Σ h_k/log₂(k+1) / Σ_{k≤min(n,K)} 1/log₂(k+1)`,
 * `map@K = Σ h_k·precision@k / min(n,K)`, `hit@K` is 1 if there is a hit, and `mrr@K` is `1/k` of the
 * first one, or 0.
 *
 * @param cutoffs The values of `K`, positive integers.
 * @returns A function of a user's ranks, at least one, in any order. It gives the same table each time,
 * {@linkcode rankMetrics} `×` cutoffs, for a training asks for the metrics of all users after each epoch.
 * @example
 * ```ts
 * import { rankMetrics, userRankMetrics } from "./metrics.ts";
 * const values = userRankMetrics([5])(new Uint32Array([7, 1]));
 * values[rankMetrics.indexOf("mrr")]; // 0.5
 * ```
 */
export function userRankMetrics(
  cutoffs: readonly number[],
): (ranks: Uint32Array) => Float64Array {
  const discount = Float64Array.from(
    { length: Math.max(...cutoffs) },
    (_, k) => 1 / Math.log2(k + 2),
  );
  const idealSum = new Float64Array(discount.length + 1);
  discount.forEach((value, k) => idealSum[k + 1] = idealSum[k] + value);
  const table = new Float64Array(rankMetrics.length * cutoffs.length);
  const [recall, ndcg, precision, map, hit, mrr] = rankMetrics.map((_, m) =>
    table.subarray(m * cutoffs.length, (m + 1) * cutoffs.length)
  );
  return (ranks) => {
    const places = ranks.length === 1 ? ranks : ranks.slice().sort();
    for (let c = 0; c < cutoffs.length; c++) {
      const cutoff = cutoffs[c];
      const reachable = Math.min(places.length, cutoff);
      let hits = 0;
      let gain = 0;
      let precisions = 0;
      for (; hits < places.length && places[hits] < cutoff; hits++) {
        gain += discount[places[hits]];
        precisions += (hits + 1) / (places[hits] + 1);
      }
      recall[c] = hits / places.length;
      ndcg[c] = gain / idealSum[reachable];
      precision[c] = hits / cutoff;
      map[c] = precisions / reachable;
      hit[c] = Math.min(hits, 1);
      mrr[c] = hits > 0 ? 1 / (places[0] + 1) : 0;
    }
    return table;
  };
}

/**
 * The means over users of {@linkcode userRankMetrics}. Users without a held-out item do not count. The
 * sums run in the order of the users, so the same ranks give the same bits.
 *
 * @param heldOut The ranks.
 * @param cutoffs The values of `K`, positive integers.
 * @param names Which metrics (default: those that a training keeps).
 * @returns The metrics, all cutoffs of one before those of the next.
 * @throws {DataError} No user has a held-out item.
 * @example
 * ```ts
 * import { metricsFromRanks } from "./metrics.ts";
 * const heldOut = { start: new Uint32Array([0, 2]), ranks: new Uint32Array([7, 1]) };
 * metricsFromRanks(heldOut, [5])["recall@5"]; // 0.5
 * ```
 */
export function metricsFromRanks(
  heldOut: HeldOutRanks,
  cutoffs: readonly number[] = protocolCutoffs,
  names: readonly RankMetric[] = trainingMetrics,
): Metrics {
  const { start, ranks } = heldOut;
  const ofUser = userRankMetrics(cutoffs);
  const sums = new Float64Array(rankMetrics.length * cutoffs.length);
  let users = 0;
  for (let user = 0; user + 1 < start.length; user++) {
    if (start[user] === start[user + 1]) continue;
    users++;
    const values = ofUser(ranks.subarray(start[user], start[user + 1]));
    for (let n = 0; n < sums.length; n++) sums[n] += values[n];
  }
  if (users === 0) {
    throw new DataError(
      "Cannot evaluate: no user has an interaction in this split",
      "Give some rows of the .inter file this split's x_label (1 for validation, 2 for test)",
    );
  }
  const metrics: Metrics = {};
  for (const name of names) {
    const first = rankMetrics.indexOf(name) * cutoffs.length;
    cutoffs.forEach((cutoff, c) => metrics[`${name}@${cutoff}`] = sums[first + c] / users);
  }
  return metrics;
}
