/**
 * What models tell of their inside: energies of bands and modalities, gates by segments of users.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import type { DiagnosticSummary } from "../../training/diagnostics.ts";
import type { PageIndex, PageRun } from "../page_index.ts";
import { heatTable } from "./bars.ts";
import { element } from "./dom.ts";
import { alikeTexts } from "./numbers.ts";
import { spectrumView } from "./spectrum_view.ts";

/**
 * The spectrum, and the tables of the runs.
 *
 * @param index What there is.
 * @param runs The runs that are looked at.
 */
export function insideView({ spectrum }: PageIndex, runs: readonly PageRun[]): HTMLElement {
  return element(
    "div",
    {},
    spectrum === undefined ? undefined : spectrumView(spectrum),
    element("div", { class: "columns" }, ...runs.map(runView)),
  );
}

function runView({ name, model, description, seed, metrics, tables }: PageRun): HTMLElement {
  const shown = Object.entries(tables).map(([title, table]) => tableView(title, table));
  const reached = Object.entries(metrics).filter(([metric]) => metric.endsWith("@20"));
  return element(
    "section",
    { class: "run" },
    element("h2", {}, `Inside ${name}`),
    element("p", {}, `${model}: ${description}. Seed ${seed}.`),
    reached.length === 0 ? undefined : element(
      "dl",
      { class: "metrics" },
      ...reached.map(([metric, value]) =>
        element(
          "div",
          {},
          element("dt", {}, `test ${metric}`),
          element("dd", {}, value.toFixed(4)),
        )
      ),
    ),
    ...shown,
    shown.length === 0
      ? element("p", { class: "quiet" }, "This model tells nothing of its inside.")
      : undefined,
  );
}

function tableView(title: string, table: DiagnosticSummary): HTMLElement {
  const { columns, rows, count, mean, strata = {} } = table;
  if (rows !== undefined) {
    const named = Object.entries(rows).map(([name, values]) => ({ name, values }));
    return heatTable(
      { caption: title, columns, rows: named },
      alikeTexts(Object.values(rows).flat()),
    );
  }
  const parts = { all: { count: count ?? 0, mean: mean ?? [] }, ...strata };
  const values = Object.values(parts).flatMap(({ mean }) => mean);
  return heatTable({
    caption: `${title}, mean of each segment`,
    columns,
    rows: Object.entries(parts).map(([name, part]) => ({
      name: `${name} (${grouped(part.count)})`,
      values: part.mean,
    })),
  }, alikeTexts(values));
}
