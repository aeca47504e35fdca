/**
 * Charts of lines, such as learning curves.
 *
 * @module
 */
import { from } from "arquero";
import { type Chart, chartOf, colourOf, tick } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { type Column, numberCell } from "./report_table.ts";

/** A point of a line. */
export interface Point {
  /** Its place on the x axis, such as an epoch. */
  readonly x: number;
  /** Its value. */
  readonly y: number;
  /** The lower end of an interval around the value (default: there is none). */
  readonly low?: number;
  /** Its upper end. */
  readonly high?: number;
}

/** A line of a chart. */
export interface Line {
  /** Its name. */
  readonly name: string;
  /** Its points, by x. */
  readonly points: readonly Point[];
  /** Its colour, where it has the same in other charts (default: its place among the lines). */
  readonly colour?: number;
  /** The x of a point that is marked, such as the best epoch (default: none). */
  readonly marked?: number;
}

/** What a chart of lines shows. */
export interface LineChart {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What stands along the x axis. */
  readonly x: string;
  /** What the marked points are (default: none is marked). */
  readonly mark?: string;
  /** The lines, each of one point at least. */
  readonly lines: readonly Line[];
  /** Its size (default: usual). */
  readonly size?: Chart["size"];
  /** Whether all points are marked (default: those alone that a line marks). */
  readonly showsPoints?: boolean;
}

/**
 * Draws lines, each in a colour of its own.
 *
 * @param page The page.
 * @param chart What it shows.
 */
export function lineChart(page: ReportPage, chart: LineChart): PageElement {
  const { title, x, mark, lines, size, showsPoints = false } = chart;
  const { plot } = page;
  const places = lines.flatMap(({ points }) => points.map((point) => point.x));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const marks = lines.flatMap(({ points, marked, colour: own }, place) => {
    const colour = own ?? place;
    return [
      plot.lineY(points, { x: "x", y: "y", stroke: colourOf(colour), strokeWidth: 2 }),
      plot.ruleX(points.filter(({ low }) => low !== undefined), {
        ...{ x: "x", y1: "low", y2: "high", stroke: colourOf(colour), strokeOpacity: 0.6 },
      }),
      plot.dot(points.filter((point) => showsPoints || point.x === marked || points.length === 1), {
        ...{ x: "x", y: "y", r: 4, fill: colourOf(colour) },
      }),
    ];
  });
  return chartOf(page, {
    ...{ title, size },
    description: lines.map((line) => describe(line, x, mark)).join(" "),
    legend: lines.length > 1
      ? lines.map(({ name, colour }, place) => ({ name, colour: colour ?? place }))
      : [],
    options: {
      x: {
        label: x,
        ...first === last ? { domain: [first - 1, first + 1] } : { domain: [first, last] },
        // Nothing is between two epochs.
        ...places.every(Number.isInteger) && { ticks: Math.min(6, Math.max(1, last - first)) },
        tickFormat: tick,
      },
      y: { label: null, nice: true, grid: true, ticks: 5, tickFormat: tick },
      marks,
    },
    numbers: numbersOf(lines, x),
  });
}

function describe({ name, points, marked }: Line, x: string, mark?: string): string {
  const [begin, end] = [points[0], points.at(-1)!];
  const best = points.find((point) => point.x === marked);
  return `${name}: ${tick(begin.y)} at ${x} ${begin.x}, ${tick(end.y)} at ${x} ${end.x}` +
    `${
      mark !== undefined && best !== undefined ? `; ${mark} ${best.x} with ${tick(best.y)}` : ""
    }.`;
}

/** A row an x, a column a line. */
function numbersOf(lines: readonly Line[], x: string): Column[] {
  const points = lines.flatMap(({ points }, series) =>
    points.map((point) => ({ ...point, series: `s${series}` }))
  );
  // Names of lines are the user's: columns are called by numbers meanwhile.
  const rows = from(points).groupby("x").pivot("series", "y").orderby("x").objects() as Record<
    string,
    number | undefined
  >[];
  return [
    { heading: x, cells: rows.map((row) => numberCell(row.x)) },
    ...lines.map(({ name }, series) => ({
      heading: name,
      cells: rows.map((row) => numberCell(row[`s${series}`])),
    })),
  ];
}
