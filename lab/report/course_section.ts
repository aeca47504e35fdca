/**
 * Learning curves: validation metrics, the loss and its terms, and seconds, by epoch.
 *
 * @module
 */
import type { EpochLine } from "../../training/epoch_line.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { lineChart } from "./line_chart.ts";
import { drawnRuns } from "./drawn_runs.ts";
import { mostSeries } from "./report_chart.ts";
import type { ReportedRun } from "./reported_run.ts";
import type { PageElement, ReportPage } from "./report_page.ts";

const x = "epoch";
const mark = "best epoch";

/**
 * The charts of runs that were trained; those of one epoch, such as models that are computed, have no curve.
 *
 * @param page The page.
 * @param runs The runs.
 */
export function courseSection(page: ReportPage, runs: readonly ReportedRun[]): PageElement[] {
  const trained = runs.filter(({ lines }) => lines.length > 1);
  const heading = page.element("h3", {}, "Learning curves");
  if (trained.length === 0) {
    const what = runs.length === 1 ? "The run has" : "The runs have";
    return [heading, page.element("p", {}, `${what} no more than one epoch, and no curve.`)];
  }
  const coloured = drawnRuns(runs);
  const drawn = coloured.filter((run) => trained.includes(run));
  const curve = (title: string, value: (line: EpochLine) => number | undefined, marks = false) =>
    lineChart(page, {
      ...{ title, x },
      ...marks && { mark },
      lines: drawn.flatMap((run) => {
        const { name, lines, best } = run;
        const colour = coloured.indexOf(run);
        const points = lines.flatMap((line) => {
          const y = value(line);
          return y === undefined ? [] : [{ x: line.epoch, y }];
        });
        return points.length === 0
          ? []
          : [{ name, colour, points, ...marks && { marked: best?.epoch } }];
      }),
    });
  const metrics = [stoppingMetric, "ndcg@20"].filter((key) =>
    drawn.some(({ lines }) => lines[0].validation[key] !== undefined)
  );
  const terms = [...new Set(drawn.flatMap(({ lines }) => Object.keys(lines[0].terms)))];
  return [
    heading,
    ...coloured.length === runs.length ? [] : [
      page.element(
        "p",
        { class: "notice" },
        `Drawn are the ${mostSeries} runs that are best on validation; the others are in the tables.`,
      ),
    ],
    page.element(
      "div",
      { class: "charts" },
      ...metrics.map((key) =>
        curve(`Validation ${metricLabel(key)}`, ({ validation }) => validation[key], true)
      ),
      curve("Loss", ({ loss }) => loss),
      // A loss of one term has been drawn.
      ...(terms.length < 2 ? [] : terms).map((term) =>
        curve(`Loss: ${term}`, (line) => line.terms[term])
      ),
      curve("Seconds of an epoch", ({ seconds }) => seconds),
    ),
    page.element("p", { class: "quiet" }, "Dots mark the best epoch, by validation Recall@20."),
  ];
}
