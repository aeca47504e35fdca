/**
 * How rows are spread over users, items and time, on the page of a dataset.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { dayText } from "../../data/ingest/date_text.ts";
import type { PageElement, ReportPage } from "../report/report_page.ts";
import { barChart } from "./bar_chart.ts";
import type { DatasetQuality } from "./dataset_quality.ts";
import type { DegreeBin, TimeBins } from "./distributions.ts";

/**
 * The charts.
 *
 * @param page The page.
 * @param quality The dataset's quality.
 */
export function distributionSection(
  page: ReportPage,
  { degrees, times }: DatasetQuality,
): PageElement[] {
  const degreeChart = (title: string, bins: readonly DegreeBin[]) =>
    barChart(page, {
      ...{ title, x: "interactions", places: bins.map(binText) },
      series: [{ name: "count", values: bins.map(({ count }) => count) }],
      arranged: "stacked",
    });
  return [
    page.element("h2", {}, "Interactions"),
    page.element(
      "div",
      { class: "charts" },
      degreeChart("Users by interactions", degrees.users),
      degreeChart("Items by interactions", degrees.items),
    ),
    ...times === undefined
      ? []
      : [page.element("div", { class: "charts wide" }, timeChart(page, times))],
  ];
}

function binText({ from, to }: DegreeBin): string {
  return from === to ? grouped(from) : `${grouped(from)}–${grouped(to)}`;
}

function timeChart(page: ReportPage, { ends, rows, areDates }: TimeBins): PageElement {
  const begin = (seconds: number) =>
    areDates ? dayText(seconds) : String(Number(seconds.toPrecision(6)));
  return barChart(page, {
    title: "Interactions by time",
    x: areDates ? "from" : "position",
    places: distinct(ends.slice(0, -1).map(begin)),
    series: [
      { name: "train", values: rows.train },
      { name: "validation", values: rows.valid },
      { name: "test", values: rows.test },
    ],
    arranged: "stacked",
    size: "wide",
  });
}

/** Intervals that begin on one day are told apart by their place among them. */
function distinct(names: readonly string[]): string[] {
  return names.map((name, n) => {
    const place = names.slice(0, n).filter((other) => other === name).length;
    return place === 0 ? name : `${name} (${place + 1})`;
  });
}
