/**
 * Heat maps: the deeper the colour, the greater the number.
 *
 * @module
 */
import { chartOf, colourOf, tick } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { numberCell } from "./report_table.ts";

/** What a heat map shows. */
export interface HeatChart {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What stands along the x axis. */
  readonly x: string;
  /** The names of the columns, in their order. */
  readonly columns: readonly (string | number)[];
  /** The names of the rows, in their order. */
  readonly rows: readonly string[];
  /** `rows×columns` numbers. */
  readonly values: readonly (readonly number[])[];
  /** Which number has no colour: zero, or the least where all lie close together. */
  readonly uncoloured: "zero" | "least";
}

/** Cells up to here have their number written in them. */
const mostWritten = 8;

/** Columns that are named at most. */
const mostNamed = 8;

/** How deep the deepest colour is: what is written on it stays readable. */
const deepest = 0.65;

/**
 * Draws a heat map.
 *
 * @param page The page.
 * @param chart What it shows.
 */
export function heatChart(page: ReportPage, chart: HeatChart): PageElement {
  const { title, x, columns, rows, values } = chart;
  const { plot } = page;
  const all = values.flat();
  const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = all.reduce((a, b) => Math.min(a, b), chart.uncoloured === "least" ? Infinity : 0);
  const cells = rows.flatMap((row, r) =>
    columns.map((column, c) => ({ row, column, value: values[r][c] }))
  );
  const named = columns.filter((_, c) => c % Math.ceil(columns.length / mostNamed) === 0);
  const isWritten = columns.length <= mostWritten;
  const depth = ({ value }: { value: number }) =>
    most === least ? deepest / 2 : deepest * (value - least) / (most - least);
  return chartOf(page, {
    title,
    description: `The colour grows from ${tick(least)} to ${tick(most)}. ` +
      rows.map((row, r) => `${row}: ${values[r].slice(0, mostWritten).map(tick).join(", ")}`)
        .join("; ") +
      (isWritten ? "." : " and so on."),
    options: {
      height: 70 + 34 * rows.length,
      marginLeft: 16 + 7 * Math.min(22, Math.max(...rows.map(({ length }) => length))),
      x: { domain: columns, label: x, ticks: named, tickSize: 0 },
      y: { domain: rows, label: null, tickSize: 0 },
      marks: [
        plot.axisX(named, { label: x, tickSize: 0 }),
        plot.cell(cells, {
          ...{ x: "column", y: "row", inset: columns.length > 40 ? 0 : 0.5 },
          ...{ fill: colourOf(0), fillOpacity: depth },
        }),
        ...isWritten
          ? [plot.text(cells, { x: "column", y: "row", text: ({ value }) => tick(value) })]
          : [],
      ],
    },
    numbers: [
      { heading: x, cells: columns.map((column) => String(column)) },
      ...rows.map((row, r) => ({
        heading: row,
        cells: values[r].map((value) => numberCell(value, 6)),
      })),
    ],
  });
}
