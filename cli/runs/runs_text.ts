/**
 * A list of runs for people to read.
 *
 * @module
 */
import { byteSize } from "../../data/counts.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { type TableColumn, tableText } from "../common/text_table.ts";
import { cut, widest } from "../common/text_width.ts";
import type { ListedRun } from "./read_run.ts";

/** What stands where nothing is known. */
const none = "-";

/** What stands before the validation of a sample of users, where others have another one, or all. */
const sampled = "*";

/**
 * A table, a line a run.
 *
 * @param runs The runs, one at least.
 * @param now Milliseconds since 1970.
 * @param width The columns of the terminal; everything is shown where there is none.
 * @returns Lines, each ended. {@linkcode scoresNote} explains them.
 */
export function runsText(runs: readonly ListedRun[], now: number, width?: number): string {
  const column = (heading: string, cell: (run: ListedRun) => string) => ({
    heading,
    cells: runs.map(cell),
  });
  const columns: TableColumn[] = [
    column("run", ({ name }) => name),
    { ...column("dataset", ({ dataset }) => dataset ?? none), leaves: 3 },
    { ...column("model", ({ model }) => model ?? none), leaves: 5 },
    { ...column("seed", ({ seed }) => String(seed ?? none)), leaves: 2, isNumber: true },
    { ...column("changed settings", settingsText), shorten: shorterSettings },
    { ...column("valid", (run) => validText(run, runs)), isNumber: true },
    { ...column("test", testText), isNumber: true },
    column("status", statusText),
    { ...column("age", ({ modified }) => ageText(now - modified)), leaves: 4, isNumber: true },
    { ...column("size", ({ bytes }) => byteSize(bytes)), leaves: 1, isNumber: true },
  ];
  return tableText(columns, width);
}

/**
 * What the scores in a table are.
 *
 * @param runs The runs.
 */
export function scoresNote(runs: readonly ListedRun[]): string {
  const scores = "valid, test: Recall@20 of the best epoch";
  return runs.some((run) => isSampled(run, runs))
    ? `${scores}; ${sampled} of a sample of the users (eval_users), which cannot be compared with others`
    : scores;
}

/** Whether a run was validated by a sample of the users, and another of its dataset by another one, or by all. */
function isSampled({ dataset, settings, validation }: ListedRun, runs: readonly ListedRun[]) {
  return settings.eval_users !== undefined && validation !== undefined &&
    runs.some((other) =>
      other.dataset === dataset && other.validation !== undefined &&
      other.settings.eval_users !== settings.eval_users
    );
}

/** What tells the run from others of its model, in the form in which it is given. */
function settingsText({ preset, settings }: ListedRun): string {
  const changed = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return [...preset === undefined ? [] : [`preset ${preset}`], ...changed].join(" ") || none;
}

/** As many whole settings as there is room for, and how many more there are. */
function shorterSettings(text: string, columns: number): string {
  if (widest([text]) <= columns) return text;
  const parts = text.replace(/^preset /, "preset\u00a0").split(" ");
  for (let shown = parts.length - 1; shown > 0; shown--) {
    const shorter = `${parts.slice(0, shown).join(" ")} +${parts.length - shown}`;
    if (widest([shorter]) <= columns) return shorter.replace("\u00a0", " ");
  }
  // Of a single one the key tells most.
  return parts.length === 1 ? `${cut(text, columns - 1)}…` : `${parts.length} changed`;
}

function scoreText(metrics: Metrics | undefined): string {
  return metrics?.[stoppingMetric]?.toFixed(4) ?? none;
}

function validText(run: ListedRun, runs: readonly ListedRun[]): string {
  return `${isSampled(run, runs) ? sampled : ""}${scoreText(run.validation)}`;
}

function testText({ test, untested }: ListedRun): string {
  return untested ? "untested" : scoreText(test);
}

function statusText({ status, epochs, trials }: ListedRun): string {
  if (status === "finished") return "done";
  return status === "unreadable" ? status : `${status} @${trials ?? epochs}`;
}

/** A time ago in the largest unit that it has one of. */
function ageText(milliseconds: number): string {
  const minutes = Math.max(0, milliseconds) / 60_000;
  if (minutes < 1) return "now";
  if (minutes < 60) return `${Math.floor(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 60 / 24)} d`;
}
