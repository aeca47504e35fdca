/**
 * What lists are like beyond accuracy, for people to read.
 *
 * @module
 */
import type { Metrics } from "../../evaluation/metrics.ts";
import { tableText } from "../common/text_table.ts";

/** What each metric is called, and its decimals. */
const rows: Readonly<Record<string, readonly [label: string, decimals: number]>> = {
  coverage: ["coverage of items", 4],
  gini: ["Gini index", 4],
  novelty: ["novelty in bits", 2],
  popularity: ["popularity in users", 1],
  popularity_ratio: ["ratio to own items", 2],
  diversity: ["diversity by features", 4],
};

/**
 * A line a metric, a column a cutoff.
 *
 * @param metrics Metrics of lists by name and cutoff, as `ListMetrics.total()` gives them.
 * @returns Lines, each ended.
 * @example
 * ```ts
 * import { listMetricsTable } from "./list_metrics_table.ts";
 * listMetricsTable({ "coverage@5": 0.25 });
 * // lists                  @5
 * // coverage of items  0.2500
 * ```
 */
export function listMetricsTable(metrics: Metrics): string {
  const keys = Object.keys(metrics).map((key) => key.split("@"));
  const names = [...new Set(keys.map(([name]) => name))];
  const cutoffs = [...new Set(keys.map(([, cutoff]) => cutoff))];
  const cell = (name: string, cutoff: string) => {
    const value = metrics[`${name}@${cutoff}`];
    return value === undefined ? "" : value.toFixed(rows[name][1]);
  };
  return tableText([
    { heading: "lists", cells: names.map((name) => rows[name][0]) },
    ...cutoffs.map((cutoff) => ({
      heading: `@${cutoff}`,
      cells: names.map((name) => cell(name, cutoff)),
      isNumber: true,
    })),
  ]);
}
