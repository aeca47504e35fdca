/**
 * Charts of a report: a caption, a picture with words for those who don't see it, and its numbers.
 *
 * @module
 */
import type { PlotOptions } from "@observablehq/plot";
import type { PageElement, ReportPage } from "./report_page.ts";
import { type Column, folded, scrolling, tableOf } from "./report_table.ts";

/** Colours that people tell apart whatever their eyes; the page has them for light and dark. */
const colours = 8;

/** The most series that one chart shows. */
export const mostSeries: number = colours;

/** The sizes of a chart, in pixels: it is scaled down where the page is narrower; a wide one scrolls before it is too small to read. */
const sizes = { usual: [400, 250], wide: [760, 320] } as const;

/** A colour, and what has it. */
export interface LegendEntry {
  /** What has it. */
  readonly name: string;
  /** The number of the colour. */
  readonly colour: number;
}

/** A chart. */
export interface Chart {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What is to be seen, for those who don't see it. */
  readonly description: string;
  /** Its size (default: usual). */
  readonly size?: keyof typeof sizes;
  /** What its colours are, where it has several (default: nothing). */
  readonly legend?: readonly LegendEntry[];
  /** What Plot draws. */
  readonly options: PlotOptions;
  /** The numbers that it shows. */
  readonly numbers: readonly Column[];
}

/**
 * The colour of a series.
 *
 * @param series Its number, counted from 0.
 */
export function colourOf(series: number): string {
  return `var(--c${series % colours})`;
}

/**
 * A number at the axis of a chart.
 *
 * @param value The number.
 */
export function tick(value: number): string {
  const rounded = Number(value.toPrecision(4));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/**
 * Draws a chart.
 *
 * @param page The page.
 * @param chart What it shows.
 */
export function chartOf(
  page: ReportPage,
  { title, description, size = "usual", legend = [], options, numbers }: Chart,
): PageElement {
  const [width, height] = sizes[size];
  const [titleId, descriptionId] = [page.nextId(), page.nextId()];
  const drawn = page.plot.plot({
    ...{
      document: page.document,
      width,
      height,
      marginLeft: 60,
      marginRight: 16,
      marginBottom: 44,
    },
    style: { fontSize: "12px", background: "none", overflow: "visible" },
    ...options,
  }) as unknown as PageElement;
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-labelledby", `${titleId} ${descriptionId}`);
  drawn.prepend(
    page.imageElement("title", { id: titleId }, title),
    page.imageElement("desc", { id: descriptionId }, description),
  );
  return page.element(
    "figure",
    {},
    page.element("figcaption", {}, title),
    legend.length > 0 ? legendList(page, legend) : undefined,
    size === "wide" ? scrolling(page, `Picture: ${title}`, drawn) : drawn,
    folded(page, "Numbers", tableOf(page, `Numbers: ${title}`, numbers)),
  );
}

/**
 * The legend of series whose colours follow from their order.
 *
 * @param names The series.
 */
export function legendOf(names: readonly string[]): LegendEntry[] {
  return names.map((name, colour) => ({ name, colour }));
}

function legendList(page: ReportPage, entries: readonly LegendEntry[]): PageElement {
  const swatch = (colour: number) =>
    page.imageElement(
      "svg",
      { width: "14", height: "14", "aria-hidden": "true" },
      page.imageElement("rect", {
        ...{ width: "14", height: "14", rx: "3", style: `fill: ${colourOf(colour)}` },
      }),
    );
  const items = entries.map(({ name, colour }) => page.element("li", {}, swatch(colour), name));
  return page.element("ul", { class: "legend" }, ...items);
}
