/**
 * What a comparison gave, for people to read and for tables.
 *
 * @module
 */
import { table } from "arquero";
import { counted } from "../../data/counts.ts";
import { printable } from "../../errors.ts";
import type { ComparedValues, GroupValue } from "../../lab/compare/comparison.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { type TableColumn, tableText } from "../common/text_table.ts";
import { wrap } from "../common/text_width.ts";
import type { CompareReport, ReportedGroup } from "./compare_report.ts";

/** How tables and headings are written. */
interface Form {
  readonly heading: (text: string) => string;
  readonly paragraph: (text: string) => string;
  readonly table: (columns: readonly TableColumn[]) => string;
}

/**
 * The result for people to read.
 *
 * @param report What a comparison gave.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function compareText(report: CompareReport, width?: number): string {
  return written(report, {
    heading: (text) => `${printable(text)}\n`,
    paragraph: (text) => `${wrap(text, width)}\n`,
    table: (columns) => tableText(columns, width),
  });
}

/**
 * The result as Markdown.
 *
 * @param report What a comparison gave.
 */
export function compareMarkdown(report: CompareReport): string {
  return written(report, {
    heading: (text) => `**${escaped(text)}**\n\n`,
    paragraph: (text) => `${escaped(text)}\n`,
    table: (columns) => {
      const cells = columns.map(({ heading, cells }) => [heading || " ", cells.map(escaped)]);
      const align = columns.map(({ heading, isNumber }) => [heading || " ", isNumber ? "r" : "l"]);
      return table(Object.fromEntries(cells)).toMarkdown({
        align: Object.fromEntries(align),
        limit: Infinity,
      });
    },
  });
}

/** A text without what Markdown would take for a mark; Arquero sees to the bars between cells. */
function escaped(text: string): string {
  return printable(text).replaceAll(/[\\`*_<>#]/g, "\\$&").replaceAll("\n", " ");
}

/** A line a group, metric and part, with all digits. */
export function compareCsv({ groups, values }: CompareReport): string {
  const rows = values.flatMap((compared) =>
    compared.groups.map((value) => csvRow(compared, value, groups))
  );
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => [name, rows.map((row) => row[name])]);
  return table(Object.fromEntries(columns)).toCSV();
}

function csvRow(
  { metric, part, users }: ComparedValues,
  { group, runs, mean, deviation, difference }: GroupValue,
  groups: readonly ReportedGroup[],
): Record<string, unknown> {
  const { model, settings } = groups.find((one) => one.group === group)!;
  return {
    ...{ part: part ?? "all", metric, users, group, model, settings: settingsText(settings) },
    ...{ runs: runs.length, mean, deviation },
    difference: difference?.mean,
    relative: difference?.relative,
    lower: difference?.interval[0],
    upper: difference?.interval[1],
    ...{ cohens_d: difference?.cohens_d, rank_biserial: difference?.rank_biserial },
    ...{ t: difference?.t_test.t, t_p: difference?.t_test.p, t_p_holm: difference?.t_test.p_holm },
    wilcoxon_p: difference?.wilcoxon.p,
    wilcoxon_p_holm: difference?.wilcoxon.p_holm,
  };
}

function written(report: CompareReport, form: Form): string {
  const { protocol, split, groups, values, dataset } = report;
  const alone = groups.filter(({ runs }) => runs.length === 1);
  const parts = [
    form.paragraph(`${dataset === undefined ? "" : `${dataset}; `}${protocol}`),
    ...split === "test" ? [form.paragraph("This is the test split: choose nothing by it.")] : [],
    form.table(groupColumns(groups)),
    ...alone.length > 0 && alone.length < groups.length
      ? [form.paragraph(`One seed has no deviation: ${lettersOf(alone)}.`)]
      : alone.length > 0
      ? [form.paragraph("One seed has no deviation, and shows little: train several.")]
      : [],
    ...values.map((compared) =>
      form.heading(headingOf(compared)) +
      (compared.groups.length === 0 ? "" : form.table(valueColumns(compared, report)))
    ),
    ...groups.length > 1 ? [form.paragraph(explanation(report))] : [],
  ];
  return parts.join("\n");
}

const lettersOf = (groups: readonly ReportedGroup[]) => groups.map(({ group }) => group).join(", ");

function headingOf({ metric, part, users }: ComparedValues): string {
  return `${metricLabel(metric)}: ${part === undefined ? "" : `${part}, `}${
    counted(users, "user")
  }`;
}

function explanation({ baseline, bootstrap: { level, resamples } }: CompareReport): string {
  return `Differences are from ${baseline}, user by user, after the mean over seeds; ± is the sample ` +
    `deviation over seeds. Intervals hold ${
      level * 100
    }% of ${resamples} resamples of the users; ` +
    "p-values are two-sided, after Holm's correction.";
}

function groupColumns(groups: readonly ReportedGroup[]): TableColumn[] {
  const settings = groups.map((group) => settingsText(group.settings));
  return [
    { heading: "", cells: groups.map(({ group }) => group) },
    { heading: "model", cells: groups.map(({ model }) => model) },
    ...settings.every((text) => text === "")
      ? []
      : [{ heading: "settings that differ", cells: settings }],
    { heading: "seeds", cells: groups.map(seedsText) },
    { heading: "runs", cells: groups.map(({ runs }) => runs.join(" ")), leaves: 1 },
  ];
}

function settingsText(settings: ReportedGroup["settings"]): string {
  return Object.entries(settings).map(([key, value]) => `${key}=${value}`).join(" ");
}

function seedsText({ seeds }: ReportedGroup): string {
  return seeds.map((seed) => seed ?? "-").join(" ");
}

function valueColumns(
  { metric, groups }: ComparedValues,
  { baseline, bootstrap: { level } }: CompareReport,
): TableColumn[] {
  const decimals = /^(?:novelty|popularity)@/.test(metric) ? 2 : 4;
  const signed = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(decimals)}`;
  const column = (
    heading: string,
    cell: (difference: NonNullable<GroupValue["difference"]>) => string,
    leaves?: number,
  ): TableColumn => ({
    heading,
    cells: groups.map(({ difference }) => difference === undefined ? "" : cell(difference)),
    isNumber: true,
    leaves,
  });
  const means = groups.map(({ mean, deviation }) =>
    mean.toFixed(decimals) + (deviation === null ? "" : ` ± ${deviation.toFixed(decimals)}`)
  );
  const shown: TableColumn[] = [
    { heading: "", cells: groups.map(({ group }) => group) },
    { heading: "mean", cells: means },
  ];
  if (groups.every(({ difference }) => difference === undefined)) return shown;
  return [
    ...shown,
    column(`difference from ${baseline}`, ({ mean }) => signed(mean)),
    column("relative", ({ relative }) => relative === null ? "-" : percent(relative), 2),
    column(`${level * 100}% interval`, ({ interval }) => interval.map(signed).join(" to "), 4),
    column("Cohen's d", ({ cohens_d }) => cohens_d?.toFixed(3) ?? "-", 1),
    column("p of t", ({ t_test }) => probability(t_test.p_holm), 5),
    column("p of Wilcoxon", ({ wilcoxon }) => probability(wilcoxon.p_holm), 3),
  ];
}

function percent(share: number): string {
  return `${share < 0 ? "" : "+"}${(100 * share).toFixed(1)}%`;
}

function probability(p: number): string {
  if (p < 1e-300) return "<1e-300";
  return p >= 0.001 ? p.toFixed(3) : p.toExponential(1);
}
