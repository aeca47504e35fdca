/**
 * Words that all parts of a report use.
 *
 * @module
 */
import type { ReportedRun } from "./reported_run.ts";

const names: Readonly<Record<string, string>> = {
  recall: "Recall",
  ndcg: "NDCG",
  precision: "Precision",
  map: "MAP",
  hit: "hit rate",
  mrr: "MRR",
};

/**
 * A metric as papers write it.
 *
 * @param key Its key.
 * @example
 * ```ts
 * import { metricName } from "./report_words.ts";
 * metricName("recall@20"); // "Recall@20"
 * ```
 */
export function metricName(key: string): string {
  const [name, cutoff] = key.split("@");
  return `${names[name] ?? name}@${cutoff}`;
}

/**
 * How a run is doing.
 *
 * @param run The run.
 */
export function stateOf({ isTraining, result }: ReportedRun): string {
  if (isTraining) return "training";
  if (result === undefined) return "ended without a result";
  return result.status === "finished" && result.test === null
    ? "finished, not tested"
    : result.status;
}
