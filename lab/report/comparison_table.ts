/**
 * Tables with a column a run, and a row for each of what they have.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { type Cell, numberCell, tableOf } from "./report_table.ts";

/** A row: what it is of, and a cell a run. */
export interface ComparedRow {
  /** What it is of. */
  readonly label: string;
  /** A cell a run. */
  readonly cells: readonly Cell[];
}

/** Characters of a text in a cell. */
const mostCharacters = 200;

/**
 * A table of runs side by side; rows in which no run has anything are left out.
 *
 * @param page The page.
 * @param label What it is of, in words.
 * @param names The names of the runs.
 * @param rows The rows.
 * @returns Nothing where no row is left.
 */
export function comparisonTable(
  page: ReportPage,
  label: string,
  names: readonly string[],
  rows: readonly ComparedRow[],
): PageElement | undefined {
  const shown = rows.filter(({ cells }) => cells.some((cell) => cell !== undefined));
  if (shown.length === 0) return undefined;
  return tableOf(page, label, [
    { heading: "", cells: shown.map((row) => row.label) },
    ...names.map((name, n) => ({ heading: name, cells: shown.map(({ cells }) => cells[n]) })),
  ]);
}

/**
 * A value of JSON in a cell.
 *
 * @param value The value.
 */
export function valueCell(value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return numberCell(value, 17);
  return excerpt(typeof value === "string" ? value : JSON.stringify(value), mostCharacters);
}

/**
 * A row for each key that any of some objects has, in the order in which they come.
 *
 * @param objects An object a run.
 */
export function rowsOf(objects: readonly Readonly<Record<string, unknown>>[]): ComparedRow[] {
  const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  return keys.map((key) => ({
    label: key,
    cells: objects.map((one) => Object.hasOwn(one, key) ? valueCell(one[key]) : undefined),
  }));
}

/**
 * Whether the runs of a row differ.
 *
 * @param row The row.
 */
export function differs({ cells }: ComparedRow): boolean {
  return new Set(cells.map((cell) => JSON.stringify(cell))).size > 1;
}
