/**
 * Tables of a report.
 *
 * @module
 */
import type { PageChild, PageElement, ReportPage } from "./report_page.ts";

/** What stands in a cell: a text, a number with how it is shown, or nothing. */
export type Cell = string | ShownNumber | undefined;

/** A number; the page has all of its digits, and shows some of them. */
export interface ShownNumber {
  /** The number. */
  readonly value: number;
  /** How it is shown. */
  readonly text: string;
}

/** A column of a table. */
export interface Column {
  /** Its heading. */
  readonly heading: string;
  /** Its cells, as many as there are rows. */
  readonly cells: readonly Cell[];
}

/** Characters from which on a text is given room where the page is narrow. */
const longText = 24;

/**
 * A metric, or nothing where there is none.
 *
 * @param value The metric.
 */
export function metricCell(value: number | null | undefined): Cell {
  return value === null || value === undefined ? undefined : { value, text: value.toFixed(4) };
}

/**
 * A number of any size, to some digits.
 *
 * @param value The number; nothing is shown where there is none.
 * @param digits How many digits (default: 4).
 * @example
 * ```ts
 * import { numberCell } from "./report_table.ts";
 * numberCell(0.000012345); // { value: 0.000012345, text: "0.00001235" }
 * ```
 */
export function numberCell(value: number | null | undefined, digits = 4): Cell {
  if (value === null || value === undefined) return undefined;
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
  return { value, text };
}

/**
 * A table that scrolls by itself where the page is too narrow. The cells of the first column head their rows.
 *
 * @param page The page.
 * @param label What it is of, in words.
 * @param columns Its columns.
 */
export function tableOf(
  page: ReportPage,
  label: string,
  columns: readonly Column[],
): PageElement {
  const isNumber = columns.map(({ cells }) => cells.every((cell) => typeof cell !== "string"));
  const isLong = columns.map(({ cells }) =>
    cells.some((cell) => typeof cell === "string" && cell.length > longText)
  );
  const classOf = (c: number) =>
    isNumber[c] ? { class: "number" } : isLong[c] ? { class: "long" } : undefined;
  const head = columns.map(({ heading }, c) =>
    page.element("th", { scope: "col", ...classOf(c) }, heading)
  );
  const rows = columns[0].cells.map((_, r) =>
    page.element(
      "tr",
      {},
      ...columns.map(({ cells }, c) =>
        c === 0
          ? page.element("th", { scope: "row", ...classOf(c) }, shown(page, cells[r]))
          : page.element("td", { ...classOf(c) }, shown(page, cells[r]))
      ),
    )
  );
  const table = page.element(
    "table",
    {},
    page.element("thead", {}, page.element("tr", {}, ...head)),
    page.element("tbody", {}, ...rows),
  );
  return scrolling(page, label, table);
}

/**
 * What scrolls by itself, with keys too, where the page is too narrow.
 *
 * @param page The page.
 * @param label What it is, in words.
 * @param child What is too wide.
 */
export function scrolling(page: ReportPage, label: string, child: PageElement): PageElement {
  const attributes = { class: "scroll", role: "region", tabindex: "0", "aria-label": label };
  return page.element("div", attributes, child);
}

function shown(page: ReportPage, cell: Cell): PageChild {
  if (cell === undefined) return "–";
  if (typeof cell === "string") return cell;
  return page.element("data", { value: String(cell.value) }, cell.text);
}

/**
 * What is of no interest at first, behind a line that opens it without a script.
 *
 * @param page The page.
 * @param summary The line.
 * @param children What it opens.
 */
export function folded(
  page: ReportPage,
  summary: string,
  ...children: readonly PageChild[]
): PageElement {
  return page.element("details", {}, page.element("summary", {}, summary), ...children);
}
