/**
 * Metrics of the users of runs, with intervals, for all of them and for parts: made from what the runs keep of each user.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import { itemParts, userParts } from "../../evaluation/held_out_parts.ts";
import { comparedMetric, valuesOf } from "../compare/compared_metric.ts";
import { percentileInterval, resampledMeans } from "../statistics/bootstrap.ts";
import { type MeasuredSplit, measuredSplits } from "./kept_measures.ts";
import { intervalChart, type IntervalRow } from "./interval_chart.ts";
import { drawnRuns } from "./drawn_runs.ts";
import { legendOf } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import type { ReportedRun } from "./reported_run.ts";

const metrics = ["recall@20", "ndcg@20"].map(comparedMetric);
/** Resamples of the users, and the share of their means that an interval holds. */
const [resamples, level] = [1000, 0.95];

/** A row of a metric and split. */
interface MeasuredRow extends IntervalRow {
  readonly metric: string;
  readonly split: string;
}

/**
 * The charts of runs that keep the metrics of their users, and why others have none.
 *
 * @param page The page.
 * @param runs The runs.
 * @param kept What they keep.
 * @param notes Why the rest is not shown.
 */
export function userSection(
  page: ReportPage,
  runs: readonly ReportedRun[],
  kept: readonly MeasuredSplit[],
  notes: readonly string[],
): PageElement[] {
  const rows = kept.flatMap(rowsOf);
  if (rows.length === 0 && notes.length === 0) return [];
  const entries = legendOf(drawnRuns(runs).map(({ name }) => name));
  const charts = measuredSplits.flatMap((split) =>
    metrics.flatMap(({ key }) => {
      const all = rows.filter((row) => row.split === split && row.metric === key);
      // A run may keep the metrics of one split alone.
      const series = entries.filter(({ name }) => all.some((row) => row.series === name));
      const own = all.filter((row) => series.some(({ name }) => name === row.series));
      return own.length === 0 ? [] : [intervalChart(page, {
        title: `${split} ${metricLabel(key)} of users and of parts of the held-out items`,
        ...{ x: metricLabel(key), interval: "95 % interval" },
        ...{ series, rows: own },
      })];
    })
  );
  return [
    page.element("h3", {}, "Users, with intervals"),
    page.element("div", { class: "charts" }, ...charts),
    page.element(
      "p",
      { class: "quiet" },
      `Lines are ${100 * level} % bootstrap intervals of the mean over users, of ${resamples} ` +
        "resamples: they say how much chance there is in the users, not in the training.",
    ),
    ...notes.map((note) => page.element("p", { class: "notice" }, note)),
  ];
}

function rowsOf({ run: { name: series }, split, measures, dataset }: MeasuredSplit): MeasuredRow[] {
  const parts = [undefined, ...userParts(dataset, coldLimit), ...itemParts(dataset)];
  return parts.flatMap((part) => {
    const columns = metrics.map((metric) => valuesOf(metric, measures, part).values);
    const [{ length }] = columns;
    if (length === 0) return [];
    const uniform = uniforms(0);
    const means = resampledMeans(columns, resamples, () => Math.floor(uniform() * length));
    return metrics.map(({ key }, m): MeasuredRow => {
      const [low, high] = percentileInterval(means[m], level);
      const value = columns[m].reduce((sum, one) => sum + one, 0) / length;
      return { label: part?.name ?? "all users", series, value, low, high, metric: key, split };
    });
  });
}
