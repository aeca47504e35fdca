/**
 * The names of metrics as papers write them.
 *
 * @module
 */

const labels: Readonly<Record<string, string>> = {
  recall: "Recall",
  ndcg: "NDCG",
  precision: "Precision",
  map: "MAP",
  hit: "Hit rate",
  mrr: "MRR",
  novelty: "Novelty",
  popularity: "Popularity",
  diversity: "Diversity",
};

/**
 * A metric as papers write it.
 *
 * @param metric Its key, such as `recall@20`.
 * @example
 * ```ts
 * import { metricLabel } from "./metric_label.ts";
 * metricLabel("recall@20"); // "Recall@20"
 * ```
 */
export function metricLabel(metric: string): string {
  const [name, cutoff] = metric.split("@");
  return `${labels[name] ?? name}@${cutoff}`;
}
