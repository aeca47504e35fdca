/**
 * The part of a report that is of a study.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";
import { readStudyRecord, type StudyRecord } from "../study/study_record.ts";
import { comparisonTable, rowsOf } from "./comparison_table.ts";
import { legendOf } from "./report_chart.ts";
import { intervalChart } from "./interval_chart.ts";
import { type Line, lineChart } from "./line_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { metricCell, numberCell, tableOf } from "./report_table.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import type { NamedFolder } from "./reported_run.ts";
import { type KeptStudyRow, readSegments, readStudyTable } from "./study_tables.ts";
import { readTrialLines, type TrialLine } from "./trial_lines.ts";
import { failedTrials, trialTable } from "./trial_table.ts";
import { writtenText } from "./written_text.ts";
import type { SegmentRow } from "../study/user_segments.ts";

/**
 * Makes it.
 *
 * @param page The page.
 * @param named The folder of the study.
 * @throws {DataError} A file of it is damaged.
 */
export async function reportOfStudy(
  page: ReportPage,
  { name, path }: NamedFolder,
): Promise<PageElement> {
  const record = await readStudyRecord(path);
  const rows = await readStudyTable(path);
  const segments = await readSegments(path);
  const lines = await readTrialLines(path);
  const reading = await exists(`${path}/reading.md`)
    ? await readTextFile(`${path}/reading.md`, mostConfigBytes)
    : "";
  return page.element(
    "section",
    {},
    page.element("h2", {}, `The study ${name}`),
    page.element("p", {}, record.question),
    rows.length === 0
      ? page.element("p", { class: "notice" }, "It has not come to its end.")
      : undefined,
    ...record.datasets.flatMap((dataset) => {
      const own = rows.filter((row) => row.dataset === dataset.name);
      if (own.length === 0) return [];
      const parts = segments.filter((row) => row.dataset === dataset.name);
      return [
        page.element("h3", {}, `On ${dataset.name}`),
        ...writtenText(page, reading, dataset.name),
        ...studyPlot(page, record, own),
        tableOf(page, `Variants on ${dataset.name}`, variantColumns(own, lines)),
        ...segmentTable(page, parts),
      ];
    }),
    ...failedTrials(page, lines),
    lines.length > 0
      ? trialTable(page, lines, record.axes.y)
      : page.element("p", {}, "No trial has ended yet."),
    ...recordSection(page, name, record),
  );
}

/** Means and deviations over seeds: along numbers as lines, by name otherwise. */
function studyPlot(
  page: ReportPage,
  { axes }: StudyRecord,
  rows: readonly KeptStudyRow[],
): PageElement[] {
  const known = rows.filter(({ mean }) => mean !== null);
  if (known.length === 0) return [];
  const title = `Validation ${metricLabel(axes.y)} by ${axes.x}`;
  const series = [...new Set(known.map((row) => row.series ?? ""))];
  const spread = ({ mean, deviation }: KeptStudyRow) =>
    deviation === null ? {} : { low: mean! - deviation, high: mean! + deviation };
  if (known.every(({ x }) => x !== null) && known.length > 1) {
    const lines = series.map((name): Line => ({
      name: name === "" ? metricLabel(axes.y) : name,
      points: known.filter((row) => (row.series ?? "") === name)
        .map((row) => ({ x: row.x!, y: row.mean!, ...spread(row) }))
        .toSorted((a, b) => a.x - b.x),
    }));
    return [
      page.element(
        "div",
        { class: "charts wide" },
        lineChart(page, { title, x: axes.x, lines, size: "wide", showsPoints: true }),
      ),
    ];
  }
  return [
    page.element(
      "div",
      { class: "charts" },
      intervalChart(page, {
        ...{ title, x: metricLabel(axes.y), interval: "± deviation over seeds" },
        ...{ series: legendOf(series) },
        rows: known.map((row) => ({
          ...{ label: row.variant, series: row.series ?? "", value: row.mean!, ...spread(row) },
        })),
      }),
    ),
  ];
}

function variantColumns(rows: readonly KeptStudyRow[], lines: readonly TrialLine[]) {
  const seconds = (variant: string) => {
    const own = lines.filter((line) => line.variant === variant && line.seconds !== undefined);
    return own.length === 0
      ? undefined
      : own.reduce((sum, line) => sum + line.seconds!, 0) / own.length;
  };
  const metric = metricLabel(rows[0].metric);
  return [
    { heading: "variant", cells: rows.map(({ variant }) => variant) },
    { heading: "model", cells: rows.map(({ model }) => model) },
    { heading: "runs", cells: rows.map(({ runs }) => numberCell(runs)) },
    { heading: `valid ${metric}`, cells: rows.map(({ mean }) => metricCell(mean)) },
    { heading: "deviation", cells: rows.map(({ deviation }) => metricCell(deviation)) },
    { heading: "difference", cells: rows.map(({ difference }) => metricCell(difference)) },
    { heading: "from", cells: rows.map(({ baseline }) => baseline ?? undefined) },
    { heading: `test ${metric}`, cells: rows.map((row) => metricCell(row.test_mean)) },
    { heading: "test deviation", cells: rows.map((row) => metricCell(row.test_deviation)) },
    { heading: "seconds a run", cells: rows.map(({ variant }) => numberCell(seconds(variant))) },
  ];
}

function segmentTable(page: ReportPage, rows: readonly SegmentRow[]): PageElement[] {
  if (rows.length === 0) return [];
  return [
    page.element("p", {}, "What the models tell of parts of the users:"),
    tableOf(page, "Parts of the users", [
      { heading: "variant", cells: rows.map(({ variant }) => variant) },
      { heading: "what", cells: rows.map(({ table }) => table) },
      { heading: "column", cells: rows.map(({ column }) => column) },
      { heading: "users", cells: rows.map(({ segment }) => segment) },
      { heading: "mean", cells: rows.map(({ mean }) => metricCell(mean)) },
      { heading: "deviation", cells: rows.map(({ deviation }) => metricCell(deviation)) },
      { heading: "difference", cells: rows.map(({ difference }) => metricCell(difference)) },
    ]),
  ];
}

function recordSection(
  page: ReportPage,
  name: string,
  record: StudyRecord,
): (PageElement | undefined)[] {
  const { study, model, settings, epochs, seeds, bandpass, adapter, datasets } = record;
  const data = datasets.flatMap(({ name, data }) =>
    Object.entries(data).map(([part, hash]) => [`${name}: ${part}`, hash] as const)
  );
  return [
    page.element("h3", {}, "What it was made from"),
    comparisonTable(
      page,
      "What the study was made from",
      [name],
      rowsOf([{ study, model, ...settings, epochs, seeds, bandpass, adapter }]),
    ),
    page.element("h3", {}, "Data by SHA-256"),
    comparisonTable(page, "Data by SHA-256", [name], rowsOf([Object.fromEntries(data)])),
  ];
}
