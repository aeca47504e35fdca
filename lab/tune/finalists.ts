/**
 * Finalists: the best trial of each of the best models, and the same with other seeds.
 *
 * @module
 */
import { moments } from "../statistics/moments.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import type { TrialStep } from "../trials/trial.ts";
import type { RunStep } from "./begin.ts";
import { bestFirst, rungEpochs, scoreOf } from "./halving.ts";
import type { TuneRecord } from "./tune_record.ts";

/** Finalists at most. */
export const mostFinalists = 3;

/** A finalist: its trial, and the runs of it with other seeds. */
export interface Finalist {
  /** The run of the search first, then those with other seeds. */
  readonly runs: readonly RunStep[];
}

/**
 * The best trial of each of the best models, by validation.
 *
 * @param whole Trials that were not stopped by halving.
 */
export function finalTrials(whole: readonly RunStep[]): RunStep[] {
  const best = new Map<string, RunStep>();
  for (const one of bestFirst(whole)) {
    const { model } = one.step.trial;
    if (!best.has(model)) best.set(model, one);
  }
  return [...best.values()].slice(0, mostFinalists);
}

/**
 * The runs of a finalist with other seeds; none of a model without training, which is the same with each.
 *
 * @param finalist Its trial.
 * @param record The tune.
 * @param firstNumber The number of the first of them.
 */
export function seedSteps(
  { step: { trial } }: RunStep,
  { epochs, seeds }: TuneRecord,
  firstNumber: number,
): TrialStep[] {
  if (!isTrained(modelNamed(trial.model))) return [];
  const last = rungEpochs(epochs).at(-1)!;
  return Array.from({ length: seeds - 1 }, (_, n) => ({
    ...{ number: firstNumber + n, rung: 0, epochs: last },
    // Seeds are numbers of 32 bits.
    trial: { ...trial, seed: (trial.seed + n + 1) % 2 ** 32 },
  }));
}

/** Mean validation Recall@20 over the seeds of a finalist; runs that failed have none. */
function meanScore({ runs }: Finalist): number {
  return moments(runs.flatMap(({ outcome }) => scoreOf(outcome) ?? [])).mean;
}

/**
 * Finalists by their mean validation Recall@20 over seeds, the best first; of equals the one whose trial has the
 * smaller number.
 *
 * @param finalists The finalists, in any order.
 */
export function bestFinalistsFirst(finalists: readonly Finalist[]): Finalist[] {
  return finalists.toSorted((a, b) =>
    meanScore(b) - meanScore(a) || a.runs[0].number - b.runs[0].number
  );
}
