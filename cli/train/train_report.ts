/**
 * What a training gave, for people to read and for programs.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { printable } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { stopReasons } from "../../training/position.ts";
import type { RunResult } from "../../training/run_result.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { metricsTable } from "../common/output.ts";
import { duration } from "../common/progress.ts";
import { plainStyle, type Style } from "../common/terminal.ts";
import { padEnd, widest, wrap } from "../common/text_width.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";

/** What a training gave: what is in `result.json`, and where that is. */
export interface FinishedRun extends RunResult {
  /** The run's folder. */
  readonly run: string;
  /** What a model without training reached on validation; without it, none was computed. */
  readonly yardstick?: { readonly model: string; readonly validation: Metrics };
}

/** The same, as `--json` prints it. */
export interface TrainReport extends FinishedRun {
  /** What was noted of the preparation, and what looks wrong. */
  readonly notes: readonly string[];
}

/** The metrics that a table has room for; `--all-metrics` gives the others. */
const shownMetrics = ["recall@20", "ndcg@20", "precision@20", "map@20"];

/** How a report is printed. */
export interface ReportLayout {
  /** Whether metrics at all cutoffs are printed, and how they were computed. */
  readonly allMetrics?: boolean;
  /** Whom validation ranks, where it does not rank all. */
  readonly drawnUsers?: string;
  /** The columns of a terminal (default: lines may be of any length). */
  readonly columns?: number;
  /** How what counts most is set off (default: not at all). */
  readonly style?: Style;
}

/**
 * The result of a training that finished, for people to read.
 *
 * @param report What it gave.
 * @param layout How it is printed.
 */
export function trainText(
  report: FinishedRun,
  { allMetrics = false, drawnUsers, columns, style = plainStyle }: ReportLayout = {},
): string {
  const { validation, test, protocol, run } = report;
  const sections = [
    endText(report),
    allMetrics
      ? `${metricsTable({ validation: validation!, test: test! })}\n${wrap(protocol, columns)}\n`
      : summaryTable(report, validation!, test!, style),
    ...drawnUsers === undefined
      ? []
      : [wrap(`Validation ranks ${drawnUsers}; test ranks all`, columns) + "\n"],
    ...yardstickText(report),
    `Saved in ${run}\n`,
  ];
  return sections.join("\n");
}

/**
 * How long a training went, and why it ended then.
 *
 * @param epochs Epochs that were trained.
 * @param reason Why it ended.
 */
export function endOf(epochs: number, reason: string): string {
  const why = reason === stopReasons.maximumEpochs ? ", the maximum" : `: ${reason}`;
  return `after ${counted(epochs, "epoch")}${why}`;
}

/** Why it ended, and how long it took. */
function endText(
  { epochs, best_epoch, seconds, seconds_per_epoch, stop_reason }: FinishedRun,
): string {
  if (stop_reason === stopReasons.computed) return `Computed in ${duration(seconds)}\n`;
  return `Stopped ${endOf(epochs, stop_reason)}; the best is epoch ${best_epoch}\n` +
    `Training took ${duration(seconds)}, ${seconds_per_epoch!.toPrecision(3)} s per epoch\n`;
}

/** What it is to be compared with. */
function yardstickText({ yardstick }: FinishedRun): string[] {
  if (yardstick === undefined) return [];
  const { model, validation } = yardstick;
  const recall = validation[stoppingMetric].toFixed(4);
  return [
    `Yardstick: validation ${
      metricLabel(stoppingMetric)
    } ${recall} by ${model}, without training\n`,
  ];
}

function summaryTable(
  { model, dataset }: FinishedRun,
  validation: Metrics,
  test: Metrics,
  style: Style,
): string {
  const title = `${model} on ${printable(dataset)}`;
  const labels = [title, ...shownMetrics.map(metricLabel)];
  const width = widest(labels);
  const columns = ["validation", "test"];
  const line = (label: string, [first, second]: readonly string[]) =>
    `${padEnd(label, width)}  ${first.padStart(columns[0].length)}  ${second}\n`;
  // A computed model may have a split without rows.
  const score = (metrics: Metrics, metric: string) => metrics[metric]?.toFixed(4) ?? "-";
  return line(title, [columns[0], columns[1].padStart(6)]) +
    shownMetrics.map((metric, n) => {
      const tested = score(test, metric);
      return line(metricLabel(metric), [
        score(validation, metric),
        n === 0 ? style.bold(tested) : tested,
      ]);
    }).join("");
}
