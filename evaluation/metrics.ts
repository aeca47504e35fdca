/**
 * Recall, NDCG, Precision and MAP of a full ranking (methods.md, §1), from the ranks of the
 * held-out items alone.
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

/**
 * The means over users of Recall, NDCG, Precision and MAP at each cutoff, in f64.
 *
 * With hits `h_k` (1 if the item in place `k`, counted from 1, is held out) and `n` held-out items
 * of a user: `recall@K = Σ h_k/n`, `precision@K = Σ h_k/K`,
 * `ndcg@K = Σ h_k/log₂(k+1) / Σ_{k≤min(n,K)} 1/log₂(k+1)` and
 * `map@K = Σ h_k·precision@k / min(n,K)`. Users without a held-out item do not count. The sums run
 * in the order of the users, so the same ranks give the same bits.
 *
 * @param heldOut The ranks.
 * @param cutoffs The values of `K`, positive integers.
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
): Metrics {
  const { start, ranks } = heldOut;
  const discount = Float64Array.from(
    { length: Math.max(...cutoffs) },
    (_, k) => 1 / Math.log2(k + 2),
  );
  const idealSum = new Float64Array(discount.length + 1);
  discount.forEach((value, k) => idealSum[k + 1] = idealSum[k] + value);
  const sums = cutoffs.map(() => ({ recall: 0, ndcg: 0, precision: 0, map: 0 }));
  let users = 0;
  for (let user = 0; user + 1 < start.length; user++) {
    const places = ranks.slice(start[user], start[user + 1]).sort();
    if (places.length === 0) continue;
    users++;
    cutoffs.forEach((cutoff, c) => {
      const reachable = Math.min(places.length, cutoff);
      let hits = 0;
      let gain = 0;
      let precisions = 0;
      for (; hits < places.length && places[hits] < cutoff; hits++) {
        gain += discount[places[hits]];
        precisions += (hits + 1) / (places[hits] + 1);
      }
      sums[c].recall += hits / places.length;
      sums[c].ndcg += gain / idealSum[reachable];
      sums[c].precision += hits / cutoff;
      sums[c].map += precisions / reachable;
    });
  }
  if (users === 0) {
    throw new DataError(
      "Cannot evaluate: no user has an interaction in this split",
      "Give some rows of the .inter file this split's x_label (1 for validation, 2 for test)",
    );
  }
  const metrics: Metrics = {};
  for (const name of ["recall", "ndcg", "precision", "map"] as const) {
    cutoffs.forEach((cutoff, c) => metrics[`${name}@${cutoff}`] = sums[c][name] / users);
  }
  return metrics;
}
