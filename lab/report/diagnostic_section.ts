/**
 * What models tell of their inside: energies of bands, gates, mixing.
 *
 * @module
 */
import type { DiagnosticSummary } from "../../training/diagnostics.ts";
import { heatChart } from "./heat_chart.ts";
import type { ReportedRun } from "./reported_run.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { numberCell, tableOf } from "./report_table.ts";

/**
 * Heat maps of a run: tables as they are at the best epoch, means of columns by epoch, and those means by users.
 *
 * @param page The page.
 * @param run The run.
 * @returns Nothing where its model tells nothing.
 */
export function diagnosticSection(page: ReportPage, run: ReportedRun): PageElement[] {
  const { name, diagnostics, best } = run;
  const chosen = diagnostics.find(({ epoch }) => epoch === best?.epoch) ?? diagnostics.at(-1);
  if (chosen === undefined) return [];
  const tables = Object.entries(chosen.tables);
  const charts = tables.map(([table, summary]) =>
    summary.rows === undefined ? meansByEpoch(page, run, table, summary) : heatChart(page, {
      title: `${table}, epoch ${chosen.epoch}`,
      x: "",
      columns: summary.columns,
      rows: Object.keys(summary.rows),
      values: Object.values(summary.rows),
      uncoloured: "zero",
    })
  );
  const byUsers = tables.filter(([, { strata }]) => strata !== undefined);
  return [
    page.element("h3", {}, `Inside ${name}`),
    page.element("div", { class: "charts" }, ...charts),
    ...byUsers.flatMap(([table, summary]) => [
      page.element("p", {}, `${table} at epoch ${chosen.epoch}, mean ± deviation over users:`),
      strataTable(page, table, summary),
    ]),
  ];
}

function meansByEpoch(
  page: ReportPage,
  { diagnostics }: ReportedRun,
  table: string,
  { columns }: DiagnosticSummary,
): PageElement {
  const told = diagnostics.filter(({ tables }) => tables[table]?.mean !== undefined);
  return heatChart(page, {
    title: `${table}, mean by epoch`,
    x: "epoch",
    columns: told.map(({ epoch }) => epoch),
    rows: columns,
    values: columns.map((_, c) => told.map(({ tables }) => tables[table].mean![c])),
    uncoloured: "least",
  });
}

function strataTable(
  page: ReportPage,
  table: string,
  { columns, count, mean, deviation, strata }: DiagnosticSummary,
): PageElement {
  const parts = { "all users": { count: count!, mean: mean!, deviation: deviation! }, ...strata };
  const entries = Object.entries(parts);
  return tableOf(page, `${table} by users`, [
    { heading: "", cells: entries.map(([part]) => part) },
    { heading: "users", cells: entries.map(([, part]) => numberCell(part.count)) },
    ...columns.map((column, c) => ({
      heading: column,
      cells: entries.map(([, part]) => ({
        value: part.mean[c],
        text: `${part.mean[c].toFixed(4)} ± ${part.deviation[c].toFixed(4)}`,
      })),
    })),
  ]);
}
