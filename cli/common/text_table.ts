/**
 * Tables for people to read, which give up columns where a terminal is too narrow for them.
 *
 * @module
 */
import { printable } from "../../errors.ts";
import { padEnd, padStart, widest } from "./text_width.ts";

/** A column of a table. */
export interface TableColumn {
  /** What stands over it. */
  readonly heading: string;
  /** A cell a row. */
  readonly cells: readonly string[];
  /** Whether it is aligned at its right end, as numbers are. */
  readonly isNumber?: boolean;
  /** Of those that have this, the one with the least leaves first; the others stay. */
  readonly leaves?: number;
  /** Makes a cell shorter, for a column that is narrowed as far as its heading before others leave. */
  readonly shorten?: (cell: string, columns: number) => string;
}

/** What stands between two columns. */
const gap = "  ";
/**
 * A line for the headings, and one a row.
 *
 * @param columns The columns. The first one tells the rows apart: it stays whole, on a line of its own
 * where there is no room for it beside the others.
 * @param width The columns of the terminal; everything is shown where there is none.
 * @returns Lines, each ended.
 * @example
 * ```ts
 * import { tableText } from "./text_table.ts";
 * tableText([
 *   { heading: "run", cells: ["first"] },
 *   { heading: "epochs", cells: ["12"], isNumber: true },
 * ]);
 * // run    epochs
 * // first      12
 * ```
 */
export function tableText(columns: readonly TableColumn[], width = Infinity): string {
  const safeColumns = columns.map((column) => ({ ...column, cells: column.cells.map(safe) }));
  const shown = fitted(safeColumns, width);
  if (widthOf(shown) <= width) return linesOf(shown).map((line) => `${line}\n`).join("");
  const [first, ...others] = shown;
  const rest = linesOf(fitted(others, width - gap.length));
  return [first.heading, ...first.cells]
    .map((cell, n) => `${cell}\n${`${gap}${rest[n]}`.trimEnd()}\n`).join("");
}

/** The columns that there is room for. */
function fitted(columns: readonly TableColumn[], width: number): readonly TableColumn[] {
  let shown = columns;
  for (;;) {
    const over = widthOf(shown) - width;
    if (over <= 0) return shown;
    const narrowed = shown.map((column) => narrow(column, over));
    if (widthOf(narrowed) <= width) return narrowed;
    const leaving = shown.filter(({ leaves }) => leaves !== undefined)
      .toSorted((a, b) => a.leaves! - b.leaves!)[0];
    if (leaving === undefined) return shown;
    shown = shown.filter((column) => column !== leaving);
  }
}

/** A column that is made narrower by as much as is over, if it can be. */
function narrow(column: TableColumn, over: number): TableColumn {
  const { shorten, heading } = column;
  if (shorten === undefined) return column;
  const columns = Math.max(widest([heading]), columnWidth(column) - over);
  return { ...column, cells: column.cells.map((cell) => shorten(cell, columns)) };
}

/** A cell as it may be printed, in one line. */
function safe(cell: string): string {
  return printable(cell).replaceAll("\n", "\\n");
}

function linesOf(columns: readonly TableColumn[]): string[] {
  const padded = columns.map((column) => {
    const pad = column.isNumber ? padStart : padEnd;
    return [column.heading, ...column.cells].map((cell) => pad(cell, columnWidth(column)));
  });
  return padded[0].map((_, n) => padded.map((cells) => cells[n]).join(gap).trimEnd());
}

function columnWidth({ heading, cells }: TableColumn): number {
  return widest([heading, ...cells]);
}

function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, column) => sum + columnWidth(column), 0) +
    gap.length * (columns.length - 1);
}
