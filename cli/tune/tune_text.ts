/**
 * What a tune does and finds, for people to read.
 *
 * @module
 */
import { moments } from "../../lab/statistics/moments.ts";
import { counted } from "../../data/counts.ts";
import { printable } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { settingsText } from "../../lab/trials/settings_text.ts";
import type { TrialOutcome, TrialStep } from "../../lab/trials/trial.ts";
import type { TuneRecord } from "../../lab/tune/tune_record.ts";
import type { TestedFinalist, TuneResult } from "../../lab/tune/tune_result.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { type TableColumn, tableText } from "../common/text_table.ts";
import { cutTo, wrap } from "../common/text_width.ts";

/**
 * A line of what came of a step.
 *
 * @param step The step.
 * @param outcome What came of it.
 */
export function outcomeText({ number, trial }: TrialStep, outcome: TrialOutcome): string {
  const { status, epochs, reason, validation } = outcome;
  const what = `Trial ${number}, ${trial.model}`;
  if (status !== "finished") return `${what} ${status}: ${reason}`;
  const score = validation?.[stoppingMetric]?.toFixed(4) ?? "-";
  return `${what}, ${counted(epochs, "epoch")}: ${score}  ${settingsText(trial.settings)}`
    .trimEnd();
}

/**
 * What a tune found: a line a model, then a line a finalist and one of the blend.
 *
 * @param result What it found.
 * @param place The folder of the tune, as the user can type it.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function tuneText(result: TuneResult, place: string, width?: number): string {
  const { trials, failed, dataset, protocol } = result;
  const label = metricLabel(stoppingMetric);
  const failures = failed === 0 ? "" : `, of which ${failed} failed`;
  return [
    `Tuned on ${printable(dataset)}: ${counted(trials, "trial")}${failures}\n`,
    `Best validation ${label} of each model, be it after few epochs:\n${
      modelsTable(result, width)
    }`,
    `Finalists, chosen by validation and then tested once:\n${finalistsTable(result, width)}`,
    `${wrap(protocol, width)}\n`,
    `Saved in ${place}\n`,
  ].join("\n");
}

/**
 * Which models a tune had no trial for, and why; nothing where there are none.
 *
 * @param result What it found.
 * @param record What it was asked.
 */
export function untriedText(
  { models }: Pick<TuneResult, "models">,
  { minutes, trials }: Pick<TuneRecord, "minutes" | "trials">,
): string | undefined {
  const untried = models.filter(({ trials }) => trials === 0).map(({ model }) => model);
  if (untried.length === 0) return undefined;
  const [why, more] = trials === null
    ? [
      `${minutes} min leave no time for them, their halving and their seeds`,
      "more --minutes, fewer --epochs or fewer --seeds",
    ]
    : [`${counted(trials, "trial")} did not come to them`, "more --trials"];
  return `Not tried, as ${why}: ${untried.join(", ")}\n` +
    `  try: ${more}, under another --name; or these alone, with --models ${untried.join(",")}`;
}

function modelsTable({ models }: TuneResult, width?: number): string {
  const numbers = (heading: string, cell: (row: typeof models[number]) => string) => ({
    ...{ heading, cells: models.map(cell), isNumber: true },
  });
  const score = (value: number | null) => value?.toFixed(4) ?? "-";
  return tableText([
    { heading: "model", cells: models.map(({ model }) => model) },
    numbers("trials", ({ trials }) => String(trials)),
    { ...numbers("failed", ({ failed }) => String(failed)), leaves: 1 },
    numbers("usual settings", ({ usual }) => score(usual)),
    numbers("best", ({ best }) => score(best)),
  ], width);
}

/** A row of the table of finalists. */
interface Row {
  readonly name: string;
  readonly trial: string;
  readonly settings: string;
  readonly failed: number;
  readonly validation: readonly Metrics[];
  readonly test: readonly Metrics[];
}

function finalistsTable({ finalists, blend }: TuneResult, width?: number): string {
  const rows: Row[] = finalists.map(rowOf);
  if (blend !== null) {
    const members = blend.members.map(({ number, weight }) => `${number}=${weight.toFixed(2)}`);
    rows.push({
      ...{ name: "blend", trial: "", settings: members.join(" "), failed: 0 },
      ...{ validation: [blend.validation], test: [blend.test] },
    });
  }
  const scores = (split: "validation" | "test", metric: string): TableColumn => ({
    heading: `${split === "validation" ? "valid" : split} ${metricLabel(metric)}`,
    cells: rows.map((row) => spreadText(row[split].map((metrics) => metrics[metric]))),
    isNumber: true,
  });
  return tableText([
    { heading: "model", cells: rows.map(({ name }) => name) },
    { heading: "trial", cells: rows.map(({ trial }) => trial), isNumber: true, leaves: 2 },
    { heading: "seeds", cells: rows.map(({ test }) => String(test.length)), isNumber: true },
    ...rows.some(({ failed }) => failed > 0)
      ? [{
        heading: "failed seeds",
        cells: rows.map(({ failed }) => String(failed)),
        isNumber: true,
      }]
      : [],
    scores("validation", stoppingMetric),
    scores("test", stoppingMetric),
    { ...scores("test", "ndcg@20"), leaves: 1 },
    { heading: "settings", cells: rows.map(({ settings }) => settings), shorten: cutTo },
  ], width);
}

function rowOf({ model, settings, runs, failed }: TestedFinalist): Row {
  return {
    failed,
    ...{ name: model, trial: String(runs[0].number), settings: settingsText(settings) || "usual" },
    validation: runs.map(({ validation }) => validation),
    test: runs.map(({ test }) => test),
  };
}

/** The mean, and the deviation of the sample where there are several. */
function spreadText(values: readonly number[]): string {
  const { mean, deviation } = moments(values);
  return mean.toFixed(4) + (values.length === 1 ? "" : ` ± ${deviation.toFixed(4)}`);
}
