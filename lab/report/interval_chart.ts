/**
 * Charts of values by name, each with an interval around it.
 *
 * @module
 */
import { chartOf, colourOf, type LegendEntry, tick } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { numberCell } from "./report_table.ts";

/** A value with what is around it. */
export interface IntervalRow {
  /** What it is of. */
  readonly label: string;
  /** The series that it belongs to. */
  readonly series: string;
  /** The value. */
  readonly value: number;
  /** The lower end of the interval; nothing where there is none. */
  readonly low?: number;
  /** The upper end. */
  readonly high?: number;
}

/** What a chart of intervals shows. */
export interface IntervalChart {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What the values are, such as a metric. */
  readonly x: string;
  /** What the intervals are, such as 95 % intervals. */
  readonly interval: string;
  /** The series, from the upper to the lower of each label. */
  readonly series: readonly LegendEntry[];
  /** The rows; those of one label stand together. */
  readonly rows: readonly IntervalRow[];
}

/** Pixels of a row for each series, and around them. */
const [rowHeight, rowGap] = [16, 22];

/**
 * Draws values as dots and intervals as lines.
 *
 * @param page The page.
 * @param chart What it shows.
 */
export function intervalChart(
  page: ReportPage,
  { title, x, interval, series, rows }: IntervalChart,
): PageElement {
  const { plot } = page;
  const labels = [...new Set(rows.map(({ label }) => label))];
  const ends = rows.flatMap(({ value, low = value, high = value }) => [low, high]);
  const offset = (s: number) => (s - (series.length - 1) / 2) * rowHeight;
  const longest = Math.max(...labels.map(({ length }) => length));
  const marks = series.flatMap(({ name, colour }, s) => {
    const own = rows.filter((row) => row.series === name);
    const place = { y: "label", dy: offset(s), stroke: colourOf(colour) };
    return [
      plot.ruleY(own.filter(({ low }) => low !== undefined), {
        ...{ ...place, x1: "low", x2: "high", strokeWidth: 2 },
      }),
      plot.dot(own, { ...place, x: "value", r: 4.5, fill: colourOf(colour) }),
    ];
  });
  return chartOf(page, {
    title,
    description: rows.map(({ label, series: name, value, low, high }) =>
      `${series.length > 1 ? `${name}, ` : ""}${label}: ${tick(value)}` +
      `${low === undefined ? "" : ` (${tick(low)} to ${tick(high!)})`}.`
    ).join(" "),
    legend: series.length > 1 ? series : [],
    options: {
      height: 64 + labels.length * (rowHeight * series.length + rowGap),
      marginLeft: Math.min(146, 20 + 7 * longest),
      x: { label: x, nice: true, grid: true, ticks: 4, tickFormat: tick, domain: spanOf(ends) },
      y: { domain: labels, label: null, type: "band" },
      marks: [plot.axisY(labels, { lineWidth: 10, tickSize: 0, label: null }), ...marks],
    },
    numbers: [
      { heading: "", cells: rows.map(({ label }) => label) },
      ...series.length > 1 ? [{ heading: "series", cells: rows.map((row) => row.series) }] : [],
      { heading: x, cells: rows.map(({ value }) => numberCell(value, 5)) },
      { heading: `${interval}: from`, cells: rows.map(({ low }) => numberCell(low, 5)) },
      { heading: "to", cells: rows.map(({ high }) => numberCell(high, 5)) },
    ],
  });
}

/** From the least to the greatest, with some room where all are one. */
function spanOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? 0.05 * (high - low) : Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}
