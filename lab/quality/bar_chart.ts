/**
 * Charts of bars: shares by group, and counts by class.
 *
 * @module
 */
import { type Chart, chartOf, colourOf, legendOf, tick } from "../report/report_chart.ts";
import type { PageElement, ReportPage } from "../report/report_page.ts";
import { numberCell } from "../report/report_table.ts";

/** What a chart of bars shows. */
export interface BarChart {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What stands along the x axis. */
  readonly x: string;
  /** The places along it, in their order. */
  readonly places: readonly string[];
  /** The series, each with a value a place. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** How the bars of a place stand: on each other, or side by side. */
  readonly arranged: "stacked" | "beside";
  /** Whether values are shares, which are written as such. */
  readonly areShares?: boolean;
  /** Its size (default: usual). */
  readonly size?: Chart["size"];
}

/** Characters that there is room for along the x axis, with one between two names. */
const characters = { usual: 46, wide: 95 };

/**
 * Draws bars.
 *
 * @param page The page.
 * @param chart What it shows.
 */
export function barChart(page: ReportPage, chart: BarChart): PageElement {
  const { title, x, places, series, arranged, areShares = false, size = "usual" } = chart;
  const { plot } = page;
  const written = (value: number) =>
    areShares ? `${Number((100 * value).toPrecision(3))} %` : tick(value);
  const bars = series.flatMap(({ name, values }, s) =>
    values.map((value, p) => ({ place: places[p], name, value, colour: colourOf(s) }))
  );
  const longest = Math.max(...places.map(({ length }) => length));
  const mostNamed = Math.max(1, Math.floor(characters[size] / (longest + 1)));
  const named = places.filter((_, p) => p % Math.ceil(places.length / mostNamed) === 0);
  const isBeside = arranged === "beside";
  return chartOf(page, {
    title,
    description: series.map(({ name, values }) => `${name}: ${values.map(written).join(", ")}.`)
      .join(" "),
    legend: series.length > 1 ? legendOf(series.map(({ name }) => name)) : [],
    size,
    options: {
      y: { label: null, nice: true, grid: true, ticks: 5, tickFormat: written },
      ...isBeside
        ? {
          fx: { domain: places, label: x, padding: 0.2 },
          x: { domain: series.map(({ name }) => name), axis: null, padding: 0.1 },
          marks: [
            plot.barY(bars, { fx: "place", x: "name", y: "value", fill: "colour" }),
            plot.axisFx({ anchor: "bottom", label: x, tickSize: 0 }),
          ],
        }
        : {
          x: { domain: places, label: x, padding: places.length > 20 ? 0 : 0.1 },
          marks: [
            plot.barY(bars, {
              x: "place",
              y: "value",
              fill: "colour",
              order: series.map(({ name }) => name),
              z: "name",
            }),
            plot.axisX(named, { label: x, tickSize: 0 }),
          ],
        },
    },
    numbers: [
      { heading: x, cells: places },
      ...series.map(({ name, values }) => ({
        heading: name,
        cells: values.map((value) => numberCell(value)),
      })),
    ],
  });
}
