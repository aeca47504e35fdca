/**
 * The table of all trials of a tune or a study.
 *
 * @module
 */
import { stoppingMetric } from "../../training/training_result.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { settingsText } from "../trials/settings_text.ts";
import { folded, metricCell, numberCell, tableOf } from "./report_table.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import type { TrialLine } from "./trial_lines.ts";

/**
 * Makes it, folded.
 *
 * @param page The page.
 * @param lines All steps.
 * @param metric The metric that trials are judged by (default: that of early stopping).
 */
export function trialTable(
  page: ReportPage,
  lines: readonly TrialLine[],
  metric: string = stoppingMetric,
): PageElement {
  const hasVariants = lines.some(({ variant }) => variant !== undefined);
  const isKnown = (bytes: number | undefined) => bytes !== undefined && bytes > 0;
  const table = tableOf(page, "All trials", [
    { heading: "trial", cells: lines.map(({ number }) => numberCell(number)) },
    ...hasVariants ? [{ heading: "variant", cells: lines.map(({ variant }) => variant) }] : [],
    { heading: "model", cells: lines.map(({ model }) => model) },
    { heading: "seed", cells: lines.map(({ seed }) => numberCell(seed)) },
    { heading: "rung", cells: lines.map(({ rung }) => numberCell(rung)) },
    { heading: "epochs", cells: lines.map(({ epochs }) => numberCell(epochs)) },
    { heading: "best", cells: lines.map(({ best_epoch }) => numberCell(best_epoch)) },
    {
      heading: `valid ${metricLabel(metric)}`,
      cells: lines.map(({ validation }) => metricCell(validation?.[metric])),
    },
    { heading: "seconds", cells: lines.map(({ seconds }) => numberCell(seconds)) },
    {
      heading: "GPU MiB",
      cells: lines.map(({ gpu_bytes: bytes }) =>
        isKnown(bytes) ? numberCell(bytes! / 2 ** 20) : undefined
      ),
    },
    { heading: "status", cells: lines.map(({ status }) => status) },
    { heading: "why it ended", cells: lines.map(({ reason }) => reason) },
    { heading: "settings", cells: lines.map(({ settings }) => settingsText(settings) || "usual") },
  ]);
  return folded(page, `All trials (${lines.length})`, table);
}

/**
 * The trials that failed, in words.
 *
 * @param page The page.
 * @param lines All steps.
 */
export function failedTrials(page: ReportPage, lines: readonly TrialLine[]): PageElement[] {
  const failed = lines.filter(({ status }) => status !== "finished");
  if (failed.length === 0) return [];
  const items = failed.map(({ number, model, status, reason }) =>
    page.element("li", {}, `Trial ${number}, ${model}, ${status}: ${reason}`)
  );
  return [page.element("h3", {}, "Trials that failed"), page.element("ul", {}, ...items)];
}
