/**
 * What is known of each user of a split by one program's lists: what comparisons are made of.
 *
 * @module
 */
import type { ListMetric, ListMetrics } from "../../evaluation/list_metrics.ts";
import type { RankedSplit } from "../../evaluation/ranking.ts";

/** The measures of the users of a split. */
export interface UserMeasures {
  /** The ranks of what was held out; those beyond the end of a list are {@linkcode notListed}. */
  readonly ranked: RankedSplit;
  /** What the lists are like: a value a user of the ranks, NaN where a list has none, by metric and cutoff. */
  readonly lists: Readonly<Record<string, Float64Array>>;
}

/** The rank of an item that a list is too short for: beyond all cutoffs. */
export const notListed = 2 ** 32 - 1;

/**
 * The values of lists that were added up.
 *
 * @param lists The lists.
 * @param users How many lists there are.
 */
export function listColumns(lists: ListMetrics, users: number): UserMeasures["lists"] {
  return Object.fromEntries(
    lists.names.flatMap((name: ListMetric) =>
      lists.cutoffs.map((cutoff, c) => [
        `${name}@${cutoff}`,
        Float64Array.from({ length: users }, (_, list) => lists.of(name, list, c)),
      ])
    ),
  );
}
