/**
 * Studies for people to read: which there are, how long one takes, and what one found.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import { printable } from "../../errors.ts";
import type { Study } from "../../lab/study/study.ts";
import type { StudyEstimate } from "../../lab/study/study_estimate.ts";
import { decimals, type StudyFinding } from "../../lab/study/study_files.ts";
import type { StudyRow } from "../../lab/study/study_table.ts";
import type { SegmentRow } from "../../lab/study/user_segments.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { duration } from "../common/progress.ts";
import { tableText } from "../common/text_table.ts";
import { wrap } from "../common/text_width.ts";

/**
 * The built-in studies.
 *
 * @param studies The studies.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function studiesText(studies: readonly Study[], width?: number): string {
  return tableText([
    { heading: "study", cells: studies.map(({ name }) => name) },
    { heading: "model", cells: studies.map(({ model }) => model), leaves: 1 },
    { heading: "question", cells: studies.map(({ question }) => question) },
  ], width);
}

/**
 * How long a study takes.
 *
 * @param estimate What is known of it.
 * @param adapter The adapter that it was estimated for.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function estimateText(
  { grids, left, seconds, sources }: StudyEstimate,
  adapter: string,
  width?: number,
): string {
  const all = grids.reduce((sum, { trials }) => sum + trials.length, 0);
  const lines = grids.flatMap(({ data: { dataset }, variants, trials, notes = [] }) => [
    `${printable(dataset.name)}: ${counted(trials.length, "run")}, ` +
    `${counted(variants.length, "variant")}: ` +
    variants.map(({ name }) => printable(name)).join("; "),
    ...notes.map((note) => `  ${printable(note)}`),
  ]);
  const runs = left === all
    ? counted(all, "run")
    : `${grouped(left)} of ${counted(all, "run")} ${left === 1 ? "is" : "are"} left`;
  const time = left === 0
    ? "nothing to do"
    : `about ${duration(seconds)} on ${printable(adapter)}, if none stops early`;
  return [
    ...lines,
    `${runs}: ${time}`,
    ...sources.map((source) => `  ${printable(source)}`),
  ].map((line) => `${wrap(line, width)}\n`).join("");
}

/**
 * What a study found: its table, and its reading.
 *
 * @param finding What it found on a dataset.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function findingText(finding: StudyFinding, width?: number): string {
  const { dataset, notes, table, segments, reading } = finding;
  const weights = segments === undefined || segments.length === 0
    ? ""
    : `${segmentTable(segments, width)}\n`;
  const sentences = [...reading, ...notes.map((note) => `${note}.`)];
  return `On ${printable(dataset)}\n${rowTable(table, width)}\n${weights}` +
    sentences.map((sentence) => `${wrap(printable(sentence), width)}\n`).join("");
}

function rowTable(rows: readonly StudyRow[], width?: number): string {
  const metric = metricLabel(rows[0].metric);
  const numbers = (heading: string, of: (row: StudyRow) => string, leaves?: number) => ({
    ...{ heading, cells: rows.map(of), isNumber: true },
    ...leaves !== undefined && { leaves },
  });
  return tableText([
    { heading: "variant", cells: rows.map(({ variant }) => variant) },
    numbers(
      "runs",
      ({ runs, failed }) => failed > 0 ? `${runs} of ${runs + failed}` : `${runs}`,
      3,
    ),
    numbers(`valid ${metric}`, ({ mean }) => decimals(mean)),
    numbers("deviation", ({ deviation }) => decimals(deviation), 5),
    numbers("difference", ({ difference }) => decimals(difference), 4),
    numbers(`test ${metric}`, ({ test_mean }) => decimals(test_mean), 2),
    numbers("s/epoch", (row) => row.seconds_per_epoch?.toFixed(2) ?? "", 1),
  ], width);
}

function segmentTable(rows: readonly SegmentRow[], width?: number): string {
  const texts = (heading: string, of: (row: SegmentRow) => string, leaves?: number) => ({
    ...{ heading, cells: rows.map(of) },
    ...leaves !== undefined && { leaves },
  });
  const numbers = (heading: string, of: (row: SegmentRow) => number | null) => ({
    ...{ heading, cells: rows.map((row) => decimals(of(row))), isNumber: true },
  });
  return tableText([
    texts("variant", ({ variant }) => variant),
    texts("what", ({ table }) => table, 1),
    texts("column", ({ column }) => column),
    texts("segment", ({ segment }) => segment),
    numbers("weight", ({ mean }) => mean),
    numbers("deviation", ({ deviation }) => deviation),
    numbers("difference", ({ difference }) => difference),
  ], width);
}
