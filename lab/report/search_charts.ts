/**
 * How a search for settings went: the best score so far, and the scores at each rung.
 *
 * @module
 */
import { stopReasons } from "../../training/position.ts";
import { stoppingMetric } from "../../training/training_result.ts";
import { chartOf, colourOf, legendOf, tick } from "./report_chart.ts";
import type { PageElement, ReportPage } from "./report_page.ts";
import { numberCell } from "./report_table.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";
import { lastSteps, type TrialLine } from "./trial_lines.ts";

/** A step with a score. */
interface Scored extends TrialLine {
  readonly score: number;
}

const metric = `Validation ${metricLabel(stoppingMetric)}`;

/**
 * The score of a trial, by which all is chosen.
 *
 * @param line Its step.
 * @returns Nothing where it failed.
 */
export function trialScore({ status, validation }: TrialLine): number | undefined {
  return status === "finished" ? validation?.[stoppingMetric] : undefined;
}

function scored(lines: readonly TrialLine[]): Scored[] {
  return lines.flatMap((line) => {
    const score = trialScore(line);
    return score === undefined ? [] : [{ ...line, score }];
  });
}

/**
 * The score of each trial by its number, and the best of all so far.
 *
 * @param page The page.
 * @param lines All steps of the search.
 * @param models The models, in the order of their colours.
 * @returns Nothing where no trial has a score.
 */
export function bestSoFarChart(
  page: ReportPage,
  lines: readonly TrialLine[],
  models: readonly string[],
): PageElement | undefined {
  const trials = scored(lastSteps(lines)).toSorted((a, b) => a.number - b.number);
  if (trials.length === 0) return undefined;
  const { plot } = page;
  let best = -Infinity;
  const course = trials.map(({ number, score }) => ({
    number,
    best: best = Math.max(best, score),
  }));
  return chartOf(page, {
    title: `${metric} by trial; the line is the best so far`,
    description: `The best is ${tick(best)}, at trial ` +
      `${trials.find(({ score }) => score === best)!.number} of ${trials.length}.`,
    size: "wide",
    legend: legendOf(models),
    options: {
      x: { label: "trial", tickFormat: wholeNumber },
      y: { label: null, nice: true, grid: true, tickFormat: tick },
      marks: [
        plot.lineY(course, {
          ...{ x: "number", y: "best", curve: "step-after" },
          ...{ stroke: "currentColor", strokeOpacity: 0.6 },
        }),
        ...models.map((model, m) =>
          plot.dot(trials.filter((trial) => trial.model === model), {
            ...{ x: "number", y: "score", r: 4.5, fill: colourOf(m) },
          })
        ),
      ],
    },
    numbers: [
      { heading: "trial", cells: trials.map(({ number }) => numberCell(number)) },
      { heading: "model", cells: trials.map(({ model }) => model) },
      { heading: metric, cells: trials.map(({ score }) => numberCell(score)) },
      { heading: "best so far", cells: course.map(({ best }) => numberCell(best)) },
    ],
  });
}

/**
 * The scores of trials at each rung: who went on.
 *
 * @param page The page.
 * @param lines All steps of the search.
 * @param models The models, in the order of their colours.
 * @returns Nothing where no trial was taken further.
 */
export function rungChart(
  page: ReportPage,
  lines: readonly TrialLine[],
  models: readonly string[],
): PageElement | undefined {
  const { plot } = page;
  // Models that are computed whole have no rungs.
  const steps = scored(lines).filter(({ reason }) => reason !== stopReasons.computed);
  if (steps.every(({ rung }) => rung === 0)) return undefined;
  const epochs = [...new Set(steps.map(({ most_epochs }) => most_epochs))].sort((a, b) => a - b);
  return chartOf(page, {
    title: `${metric} by rung of halving`,
    description: epochs.map((most) => {
      const own = steps.filter(({ most_epochs }) => most_epochs === most);
      const best = Math.max(...own.map(({ score }) => score));
      return `Up to ${most} epochs: ${own.length} trials, the best ${tick(best)}.`;
    }).join(" "),
    size: "wide",
    legend: legendOf(models).filter(({ name }) => steps.some(({ model }) => model === name)),
    options: {
      x: { label: "epochs at most", type: "point", domain: epochs },
      y: { label: null, nice: true, grid: true, tickFormat: tick },
      marks: models.flatMap((model, m) => {
        const own = steps.filter((step) => step.model === model);
        const place = { x: "most_epochs", y: "score" };
        return [
          plot.lineY(own, { ...place, z: "number", stroke: colourOf(m), strokeOpacity: 0.7 }),
          plot.dot(own, { ...place, r: 3.5, fill: colourOf(m) }),
        ];
      }),
    },
    numbers: [
      { heading: "trial", cells: steps.map(({ number }) => numberCell(number)) },
      { heading: "model", cells: steps.map(({ model }) => model) },
      { heading: "epochs at most", cells: steps.map((step) => numberCell(step.most_epochs)) },
      { heading: metric, cells: steps.map(({ score }) => numberCell(score)) },
    ],
  });
}

function wholeNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : "";
}
