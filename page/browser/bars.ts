/**
 * Numbers as bars and as cells that are the darker the larger they are. All are tables, so that whoever hears the
 * page gets the same.
 *
 * @module
 */
import { element } from "./dom.ts";

/** A bar. */
export interface Bar {
  /** What it is of. */
  readonly name: string | Node;
  /** How long it is, to the left where it is below 0. */
  readonly value: number;
}

/**
 * A table of bars.
 *
 * @param caption What they are.
 * @param bars They, in their order.
 * @param textOf How numbers are written.
 */
export function barTable(
  caption: string,
  bars: readonly Bar[],
  textOf: (value: number) => string,
): HTMLElement {
  const most = Math.max(0, ...bars.map(({ value }) => value));
  const least = Math.min(0, ...bars.map(({ value }) => value));
  const width = most - least || 1;
  return element(
    "table",
    { class: "bars" },
    element("caption", {}, caption),
    element(
      "tbody",
      {},
      ...bars.map(({ name, value }) => {
        const bar = element("div", { class: value < 0 ? "bar negative" : "bar" });
        bar.style.setProperty("--from", String((Math.min(0, value) - least) / width));
        bar.style.setProperty("--length", String(Math.abs(value) / width));
        const drawing = element("td", { class: "drawing", "aria-hidden": "true" }, bar);
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, name),
          drawing,
          element("td", { class: "number" }, textOf(value)),
        );
      }),
    ),
  );
}

/** Numbers in rows and columns. */
export interface Heat {
  /** What they are. */
  readonly caption: string;
  /** What stands in the corner: what rows and columns are. */
  readonly corner?: string;
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The rows: a name, and a number for each column. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/**
 * A table of numbers, each on a ground that is the darker the larger it is.
 *
 * @param heat The numbers.
 * @param textOf How they are written.
 */
export function heatTable(
  { caption, corner = "", columns, rows }: Heat,
  textOf: (value: number) => string,
): HTMLElement {
  const most = Math.max(...rows.flatMap(({ values }) => values.map(Math.abs))) || 1;
  const cell = (value: number) => {
    const shown = element(
      "td",
      { class: value < 0 ? "heat negative" : "heat" },
      textOf(value),
    );
    shown.style.setProperty("--share", String(Math.abs(value) / most));
    return shown;
  };
  const heads = columns.map((name) => element("th", { scope: "col" }, name));
  const body = rows.map(({ name, values }) =>
    element("tr", {}, element("th", { scope: "row" }, name), ...values.map(cell))
  );
  return element(
    "div",
    { class: "wide", tabindex: "0", role: "group", "aria-label": caption },
    element(
      "table",
      { class: "numbers" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, element("td", {}, corner), ...heads)),
      element("tbody", {}, ...body),
    ),
  );
}
