/**
 * The part of a report that is of a tune.
 *
 * @module
 */
import { from, op } from "arquero";
import type { SettingRange } from "../../models/setting_range.ts";
import { settingsText } from "../trials/settings_text.ts";
import { readTuneRecord, type TuneRecord } from "../tune/tune_record.ts";
import { readTuneResult, type TestedFinalist, type TuneResult } from "../tune/tune_result.ts";
import { comparisonTable, rowsOf } from "./comparison_table.ts";
import { intervalChart, type IntervalRow } from "./interval_chart.ts";
import { legendOf } from "./report_chart.ts";
import { parallelChart } from "./parallel_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { type Column, metricCell, numberCell, tableOf } from "./report_table.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import type { NamedFolder } from "./reported_run.ts";
import { bestSoFarChart, rungChart } from "./search_charts.ts";
import { readTrialLines } from "./trial_lines.ts";
import { failedTrials, trialTable } from "./trial_table.ts";

const splits = { valid: "validation", test: "test" } as const;
const metrics = ["recall@20", "ndcg@20"];

/**
 * Makes it.
 *
 * @param page The page.
 * @param named The folder of the tune.
 * @throws {DataError} A file of it is damaged.
 */
export async function reportOfTune(
  page: ReportPage,
  { name, path }: NamedFolder,
): Promise<PageElement> {
  const record = await readTuneRecord(path);
  const result = await readTuneResult(path);
  const lines = await readTrialLines(path);
  const searched = result?.trials ?? record.trials ?? record.begun ?? Infinity;
  const search = lines.filter(({ number }) => number < searched);
  return page.element(
    "section",
    {},
    page.element("h2", {}, `The tune ${name}`),
    result === undefined
      ? page.element("p", { class: "notice" }, "It has not come to its end.")
      : undefined,
    ...result === undefined ? [] : finalistSection(page, result),
    page.element("h3", {}, "The search"),
    result && tableOf(page, "Models", modelColumns(result)),
    page.element(
      "div",
      { class: "charts wide" },
      bestSoFarChart(page, search, record.models),
      rungChart(page, search, record.models),
      ...record.models.map((model) => parallelChart(page, model, record.spaces[model], search)),
    ),
    ...failedTrials(page, lines),
    lines.length > 0 ? trialTable(page, lines) : page.element("p", {}, "No trial has ended yet."),
    ...recordSection(page, name, record),
  );
}

/** The finalists over seeds, and their blend. */
function finalistSection(page: ReportPage, result: TuneResult): (PageElement | undefined)[] {
  const { finalists, blend, protocol } = result;
  const scores = scoresOf(finalists);
  const cells = (split: keyof typeof splits, metric: string) =>
    finalists.map((_, finalist) => {
      const { mean, deviation } = scores.find((one) =>
        one.finalist === finalist && one.split === split && one.metric === metric
      )!;
      const spread = deviation === undefined ? "" : ` ± ${deviation.toFixed(4)}`;
      return { value: mean, text: `${mean.toFixed(4)}${spread}` };
    });
  const label = ({ model }: TestedFinalist, n: number) => `${n + 1}. ${model}`;
  const columns: Column[] = [
    { heading: "", cells: [...finalists.map(label), ...blend === null ? [] : ["blend"]] },
    {
      heading: "settings",
      cells: finalists.map(({ settings }) => settingsText(settings) || "usual"),
    },
    { heading: "seeds", cells: finalists.map(({ runs }) => numberCell(runs.length)) },
    ...Object.entries(splits).flatMap(([split, key]) =>
      metrics.map((metric) => ({
        heading: `${split} ${metricLabel(metric)}`,
        cells: [
          ...cells(split as keyof typeof splits, metric),
          ...blend === null ? [] : [metricCell(blend[key][metric])],
        ],
      }))
    ),
  ];
  const rows = scores.filter(({ metric }) => metric === metrics[0]).map((row): IntervalRow => ({
    label: label(finalists[row.finalist], row.finalist),
    series: row.split,
    value: row.mean,
    ...row.deviation !== undefined && {
      low: row.mean - row.deviation,
      high: row.mean + row.deviation,
    },
  }));
  return [
    page.element("h3", {}, "Finalists"),
    tableOf(page, "Finalists", columns),
    page.element(
      "div",
      { class: "charts" },
      intervalChart(page, {
        title: `${metricLabel(metrics[0])} of the finalists`,
        ...{ x: metricLabel(metrics[0]), interval: "± deviation over seeds" },
        ...{ series: legendOf(Object.keys(splits)), rows },
      }),
    ),
    page.element("p", { class: "quiet" }, `Mean ± deviation over seeds. Protocol: ${protocol}.`),
  ];
}

/** What Arquero makes of the runs of a finalist. */
interface Rolled {
  readonly finalist: number;
  readonly split: string;
  readonly metric: string;
  readonly runs: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation over seeds of each finalist, split and metric. */
function scoresOf(finalists: readonly TestedFinalist[]) {
  const values = finalists.flatMap(({ runs }, finalist) =>
    runs.flatMap((run) =>
      Object.entries(splits).flatMap(([split, key]) =>
        metrics.map((metric) => ({ finalist, split, metric, value: run[key][metric] }))
      )
    )
  );
  const rolled = from(values).groupby("finalist", "split", "metric").rollup({
    ...{ runs: op.count(), mean: op.mean("value"), deviation: op.stdev("value") },
  }).objects() as Rolled[];
  return rolled.map((row) => ({ ...row, deviation: row.runs > 1 ? row.deviation : undefined }));
}

function modelColumns({ models }: TuneResult): Column[] {
  return [
    { heading: "model", cells: models.map(({ model }) => model) },
    { heading: "trials", cells: models.map(({ trials }) => numberCell(trials)) },
    { heading: "failed", cells: models.map(({ failed }) => numberCell(failed)) },
    { heading: "valid Recall@20, usual", cells: models.map(({ usual }) => metricCell(usual)) },
    { heading: "valid Recall@20, best", cells: models.map(({ best }) => metricCell(best)) },
  ];
}

function recordSection(
  page: ReportPage,
  name: string,
  { spaces, data, models, ...rest }: TuneRecord,
): (PageElement | undefined)[] {
  const ranges = Object.entries(spaces).flatMap(([model, space]) =>
    Object.entries(space).map(([key, range]) => [`${model}: ${key}`, rangeText(range)] as const)
  );
  return [
    page.element("h3", {}, "What it was made from"),
    comparisonTable(page, "Arguments", [name], rowsOf([{ models: models.join(", "), ...rest }])),
    page.element("h3", {}, "What was tried"),
    comparisonTable(page, "Space", [name], rowsOf([Object.fromEntries(ranges)])),
    page.element("h3", {}, "Data by SHA-256"),
    comparisonTable(page, "Data by SHA-256", [name], rowsOf([data])),
  ];
}

function rangeText(range: SettingRange): string {
  if ("choices" in range) return range.choices.join(", ");
  return `${range.from} to ${range.to}${range.scale === "log" ? ", logarithmic" : ""}`;
}
