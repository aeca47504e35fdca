/**
 * The metrics that runs are compared by, user by user.
 *
 * @module
 */
import { nearest, UsageError } from "../../errors.ts";
import { type HeldOutPart, ranksOfPart } from "../../evaluation/held_out_parts.ts";
import { type ListMetric, listMetrics } from "../../evaluation/list_metrics.ts";
import {
  protocolCutoffs,
  type RankMetric,
  rankMetrics,
  userRankMetrics,
} from "../../evaluation/metrics.ts";
import type { UserMeasures } from "../measures/user_measures.ts";

/** A metric at a cutoff. */
export interface ComparedMetric {
  /** Its key, such as `recall@20`. */
  readonly key: string;
  /** The metric. */
  readonly name: RankMetric | ListMetric;
  /** How many items of a list count. */
  readonly cutoff: number;
}

/** The values of users. */
export interface UserValues {
  /** The users. */
  readonly users: Uint32Array;
  /** A value each; NaN where a user has none. */
  readonly values: Float64Array;
}

const isOfRanks = (name: string): name is RankMetric =>
  (rankMetrics as readonly string[]).includes(name);

/**
 * The metric of a key.
 *
 * @param key Such as `recall@20`.
 * @throws {UsageError} There is no such metric of a user, or none at this cutoff.
 * @example
 * ```ts
 * import { comparedMetric } from "./compared_metric.ts";
 * comparedMetric("ndcg@30").cutoff; // 30
 * ```
 */
export function comparedMetric(key: string): ComparedMetric {
  const [, name, digits] = /^([a-z_]+)@([1-9]\d{0,4})$/.exec(key) ?? [];
  const names: readonly string[] = [...rankMetrics, ...listMetrics];
  if (name === undefined || !names.includes(name)) {
    const near = nearest(key.split("@")[0], names);
    const example = near === undefined ? "recall@20" : `${near}@20`;
    throw new UsageError(
      `Cannot compare by "${key}": expected a metric of a user and a cutoff`,
      `Write for example ${example}; the metrics are ${names.join(", ")}`,
    );
  }
  const cutoff = Number(digits);
  if (!isOfRanks(name) && !protocolCutoffs.includes(cutoff)) {
    throw new UsageError(
      `Cannot compare by "${key}": ${name} is measured at ${protocolCutoffs.join(", ")} alone`,
      `Write for example ${name}@20`,
    );
  }
  return { key, name: name as RankMetric | ListMetric, cutoff };
}

/**
 * The values of a metric.
 *
 * @param metric The metric.
 * @param measures What is known of the users.
 * @param part The users and held-out items that count (default: all).
 * @throws {UsageError} The lists have no such values.
 */
export function valuesOf(
  { key, name, cutoff }: ComparedMetric,
  { ranked, lists }: UserMeasures,
  part?: HeldOutPart,
): UserValues {
  if (isOfRanks(name)) {
    const ofPart = part === undefined ? ranked : ranksOfPart(ranked, part);
    const { users, start, ranks } = ofPart;
    const ofUser = userRankMetrics([cutoff]);
    const row = rankMetrics.indexOf(name);
    const values = Float64Array.from(
      users,
      (_, place) => ofUser(ranks.subarray(start[place], start[place + 1]))[row],
    );
    return { users, values };
  }
  const column = lists[key];
  if (column === undefined) {
    throw new UsageError(
      `Cannot compare by "${key}": ` +
        (Object.keys(lists).length > 0
          ? "the items have no features"
          : "the lists have no dataset"),
      "Compare by other metrics",
    );
  }
  const places = [...ranked.users.keys()].filter((place) =>
    part === undefined || part.hasUser(ranked.users[place])
  );
  return {
    users: Uint32Array.from(places, (place) => ranked.users[place]),
    values: Float64Array.from(places, (place) => column[place]),
  };
}
