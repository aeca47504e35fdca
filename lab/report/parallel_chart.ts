/**
 * Settings of trials side by side (parallel coordinates; Inselberg, The Visual Computer 1, 1985): a line a trial, the
 * stronger the better.
 *
 * @module
 */
import type { SettingRange } from "../../models/setting_range.ts";
import type { Space } from "../../models/space.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { chartOf, colourOf, tick } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { numberCell } from "./report_table.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { lastSteps, type TrialLine } from "./trial_lines.ts";
import { trialScore } from "./search_charts.ts";
import { valueCell } from "./comparison_table.ts";

/** How faint the line of the worst trial is. */
const faintest = 0.3;

/**
 * Draws the trials of a model whose settings were all tried.
 *
 * @param page The page.
 * @param model The model.
 * @param space What was tried of it.
 * @param lines All steps of the search.
 * @returns Nothing where fewer than two settings were tried, or fewer than two trials have a score.
 */
export function parallelChart(
  page: ReportPage,
  model: string,
  space: Space,
  lines: readonly TrialLine[],
): PageElement | undefined {
  const keys = Object.keys(space);
  const trials = lastSteps(lines).flatMap((line) => {
    const score = trialScore(line);
    // The first trial leaves all as usual, and names no setting.
    const isPlaced = keys.every((key) => placeIn(space[key], line.settings[key]) !== undefined);
    return line.model === model && score !== undefined && isPlaced ? [{ ...line, score }] : [];
  }).toSorted((a, b) => a.score - b.score);
  if (keys.length < 2 || trials.length < 2) return undefined;
  const points = trials.flatMap(({ number, settings }, rank) =>
    keys.map((key) => ({
      ...{ number, key, y: placeIn(space[key], settings[key])! },
      depth: faintest + (1 - faintest) * rank / (trials.length - 1),
    }))
  );
  const best = trials.at(-1)!;
  const ends = keys.flatMap((key) => {
    const [low, high] = endsOf(space[key]);
    return [{ key, y: 0, text: low, dy: 14 }, { key, y: 1, text: high, dy: -12 }];
  });
  const { plot } = page;
  return chartOf(page, {
    title: `Settings of ${model}; the stronger a line, the better its trial`,
    description: `The best trial, ${best.number} with ${tick(best.score)}, has ` +
      keys.map((key) => `${key} ${best.settings[key]}`).join(", ") + ".",
    size: "wide",
    options: {
      ...{ marginLeft: 48, marginRight: 48, marginTop: 34, marginBottom: 56 },
      x: { type: "point", domain: keys, label: null, tickSize: 0, tickPadding: 26 },
      y: { axis: null, domain: [0, 1] },
      marks: [
        plot.ruleX(keys, { stroke: "currentColor", strokeOpacity: 0.35 }),
        plot.line(points, {
          ...{ x: "key", y: "y", z: "number", stroke: colourOf(0), strokeWidth: 2 },
          strokeOpacity: "depth",
        }),
        plot.text(ends.filter(({ y }) => y === 0), { x: "key", y: "y", text: "text", dy: 14 }),
        plot.text(ends.filter(({ y }) => y === 1), { x: "key", y: "y", text: "text", dy: -12 }),
      ],
      opacity: { type: "identity" },
    },
    numbers: [
      { heading: "trial", cells: trials.map(({ number }) => numberCell(number)) },
      ...keys.map((key) => ({
        heading: key,
        cells: trials.map(({ settings }) => valueCell(settings[key])),
      })),
      {
        heading: `Validation ${metricLabel(stoppingMetric)}`,
        cells: trials.map(({ score }) => numberCell(score)),
      },
    ],
  });
}

/** Where a value lies in its range, from 0 to 1; nothing where it has none. */
function placeIn(range: SettingRange, value: unknown): number | undefined {
  if ("choices" in range) {
    const choice = range.choices.findIndex((one) => one === value);
    return choice < 0 ? undefined : choice / Math.max(1, range.choices.length - 1);
  }
  if (typeof value !== "number") return undefined;
  const scaled = range.scale === "log" ? Math.log : (number: number) => number;
  return (scaled(value) - scaled(range.from)) / (scaled(range.to) - scaled(range.from));
}

function endsOf(range: SettingRange): [string, string] {
  return "choices" in range
    ? [String(range.choices[0]), String(range.choices.at(-1))]
    : [tick(range.from), tick(range.to)];
}
