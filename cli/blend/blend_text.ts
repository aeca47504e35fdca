/**
 * What a blend gave, for people to read and for programs.
 *
 * @module
 */
import { printable } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import type { BlendedMember } from "../../recommender/blend_runs.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { tableText } from "../common/text_table.ts";
import { wrap } from "../common/text_width.ts";

/** What a blend gave, as `--json` prints it. */
export interface BlendReport {
  /** How members and blend were evaluated, in words. */
  readonly protocol: string;
  /** The dataset. */
  readonly dataset: string;
  /** The adapter that computed it. */
  readonly adapter: string;
  /** The blend's folder. */
  readonly run: string;
  /** The members: their weights, and their metrics alone. */
  readonly members: readonly BlendedMember[];
  /** Metrics of the blend on the validation split. */
  readonly validation: Metrics;
  /** Metrics of the blend on the test split. */
  readonly test: Metrics;
}

/** The metrics that the table has, of each split. */
const shown = [stoppingMetric, "ndcg@20"];

/**
 * The result of a blend for people to read: a line a member, and one of the blend.
 *
 * @param report What it gave.
 * @param width The columns of a terminal (default: lines may be of any length).
 */
export function blendText(report: BlendReport, width?: number): string {
  const { members, validation, test, run, dataset } = report;
  const rows = [
    ...members.map(({ run, model, weight, ...metrics }) => ({
      ...{ run, model, weight: weight.toFixed(2), ...metrics },
    })),
    { run: "blend", model: "", weight: "", validation, test },
  ];
  const splits = { valid: "validation", test: "test" } as const;
  const metrics = Object.entries(splits).flatMap(([label, split]) =>
    shown.map((metric) => ({
      heading: `${label} ${metricLabel(metric)}`,
      cells: rows.map((row) => row[split][metric].toFixed(4)),
      isNumber: true,
      ...metric === stoppingMetric ? {} : { leaves: split === "test" ? 3 : 1 },
    }))
  );
  const table = tableText([
    { heading: "run", cells: rows.map(({ run }) => run) },
    { heading: "model", cells: rows.map(({ model }) => model), leaves: 2 },
    { heading: "weight", cells: rows.map(({ weight }) => weight), isNumber: true },
    ...metrics,
  ], width);
  const idle = members.filter(({ weight }) => weight === 0).map(({ run }) => `"${run}"`);
  const only = idle.length === members.length - 1
    ? members.find(({ weight }) => weight > 0)
    : undefined;
  const left = idle.length === 0 ? "" : `\n${wrap(idleText(idle, report, only), width)}\n`;
  return `Blended on ${printable(dataset)}, weights by validation ${
    metricLabel(stoppingMetric)
  }\n\n` +
    `${table}${left}\nSaved in ${run}\n`;
}

function idleText(
  idle: readonly string[],
  { validation, test }: BlendReport,
  only: BlendedMember | undefined,
): string {
  const names = idle.join(", ");
  if (only !== undefined) {
    const none = `No blend is better on validation than the best member alone: ${names} ` +
      `${idle.length === 1 ? "has" : "have"} weight 0`;
    const isSame = shown.every((metric) =>
      validation[metric] === only.validation[metric] && test[metric] === only.test[metric]
    );
    // Rows of such items are as long as those of the nearest items, so their scores are above the mean of theirs.
    return isSame
      ? none
      : `${none}. Its figures are others as a run of its own, which scores items without a ` +
        "train row by rows of their own; a blend gives them the mean score of the items nearest by features";
  }
  return `${names} ${idle.length === 1 ? "has" : "have"} weight 0: the blend is the same without ` +
    (idle.length === 1 ? "it" : "them");
}
