/**
 * Which of many runs are drawn, and in which colours: the same in all charts.
 *
 * @module
 */
import { stoppingMetric } from "../../training/training_result.ts";
import { mostSeries } from "./report_chart.ts";
import type { ReportedRun } from "./reported_run.ts";

/**
 * The runs that are drawn: all, or those that are best on validation where there are more than colours.
 *
 * @param runs The runs.
 * @returns Runs in the order in which they were named; the place of each is its colour.
 */
export function drawnRuns(runs: readonly ReportedRun[]): ReportedRun[] {
  const score = ({ best }: ReportedRun) => best?.validation[stoppingMetric] ?? -1;
  const drawn = runs.toSorted((a, b) => score(b) - score(a)).slice(0, mostSeries);
  return runs.filter((run) => drawn.includes(run));
}
