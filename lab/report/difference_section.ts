/**
 * Whether the differences between runs are real: the groups and tests of `lab/compare/`, by what the runs keep of each
 * user.
 *
 * @module
 */
import { metricLabel } from "../../evaluation/metric_label.ts";
import type { SettingValue } from "../../models/settings.ts";
import { stopReasons } from "../../training/position.ts";
import { comparedMetric } from "../compare/compared_metric.ts";
import { type ComparedValues, compareGroups, type Difference } from "../compare/comparison.ts";
import { alikeRuns, groupRuns, type RunGroup, type Subject } from "../compare/group_runs.ts";
import { settingsText } from "../trials/settings_text.ts";
import { type MeasuredSplit, measuredSplits } from "./kept_measures.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { type Cell, numberCell, tableOf } from "./report_table.ts";

const metrics = ["recall@20", "ndcg@20"].map(comparedMetric);

/**
 * A table a split and metric, in which the first group is the baseline.
 *
 * @param page The page.
 * @param kept What the runs keep.
 * @returns Nothing where the runs that keep something are of different data, or of one configuration.
 */
export function differenceSection(
  page: ReportPage,
  kept: readonly MeasuredSplit[],
): PageElement[] {
  const dataOf = ({ run: { folder } }: MeasuredSplit) => JSON.stringify(folder.record?.data);
  if (new Set(kept.map(dataOf)).size > 1) return [];
  const parts = measuredSplits.flatMap((split) => {
    const groups = groupRuns(kept.filter((one) => one.split === split).map(subjectOf));
    if (groups.length < 2) return [];
    return [
      ...alikeRuns(groups).map((note) => page.element("p", { class: "notice" }, note)),
      ...compareGroups(groups, { metrics, baseline: 0 })
        .map((compared) => differenceTable(page, split, compared, groups)),
    ];
  });
  if (parts.length === 0) return [];
  return [
    page.element("h3", {}, "Differences"),
    ...parts,
    page.element(
      "p",
      { class: "quiet" },
      "Runs that differ in nothing but their seed are one group. Differences are from A, user by user, after the " +
        "mean over seeds; ± is the deviation over seeds. Intervals hold 95 % of 10,000 resamples of the users; " +
        "p-values are two-sided, after Holm's correction. Runs that keep no metrics of their users are left out. Choose " +
        "by valid, report test.",
    ),
  ];
}

function subjectOf({ run, measures }: MeasuredSplit): Subject {
  const { name, options, settings, result } = run;
  const isTrained = result?.stop_reason !== stopReasons.computed;
  const own = {
    model_sha256: options.model_sha256,
    epochs: isTrained ? options.epochs : undefined,
    eval_users: options.eval_users,
  };
  const all = Object.entries({ ...settings, ...own }).filter(([, value]) => value !== undefined);
  return {
    ...{ kind: "run", name, model: String(options.model), seed: Number(options.seed), measures },
    settings: Object.fromEntries(all) as Record<string, SettingValue>,
  };
}

function differenceTable(
  page: ReportPage,
  split: string,
  { metric, users, groups: values }: ComparedValues,
  groups: readonly RunGroup[],
): PageElement {
  const label = `Differences in ${split} ${metricLabel(metric)}`;
  const column = (heading: string, cell: (difference: Difference) => Cell) => ({
    heading,
    cells: values.map(({ difference }) => difference && cell(difference)),
  });
  const table = tableOf(page, label, [
    { heading: "", cells: groups.map(({ letter }) => letter) },
    { heading: "model", cells: groups.map(({ model }) => model) },
    {
      heading: "settings that differ",
      cells: groups.map(({ settings }) => settingsText(settings) || undefined),
    },
    { heading: "runs", cells: groups.map(({ runs }) => runs.map(({ name }) => name).join(", ")) },
    {
      heading: `${split} ${metricLabel(metric)}`,
      cells: values.map(({ mean, deviation }) => ({
        value: mean,
        text: mean.toFixed(4) + (deviation === null ? "" : ` ± ${deviation.toFixed(4)}`),
      })),
    },
    column("difference from A", ({ mean }) => ({ value: mean, text: signed(mean) })),
    column("95 % interval: from", ({ interval: [low] }) => ({ value: low, text: signed(low) })),
    column("to", ({ interval: [, high] }) => ({ value: high, text: signed(high) })),
    column("Cohen's d", ({ cohens_d }) => numberCell(cohens_d, 3)),
    column("p of t", ({ t_test }) => numberCell(t_test.p_holm, 2)),
    column("p of Wilcoxon", ({ wilcoxon }) => numberCell(wilcoxon.p_holm, 2)),
  ]);
  const text = `${split} ${metricLabel(metric)} of ${users} users:`;
  return page.element("div", {}, page.element("p", {}, text), table);
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}
