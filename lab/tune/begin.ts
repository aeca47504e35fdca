/**
 * How many trials a tune has: as many as were asked for, or as there is time for.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import type { Trial, TrialStep } from "../trials/trial.ts";
import { promotedCount, type Ranked, rungEpochs } from "./halving.ts";
import type { TuneRecord } from "./tune_record.ts";

/** A trial that has come to the end of a step, and which step that was. */
export interface RunStep extends Ranked {
  /** The step. */
  readonly step: TrialStep;
}

/** Runs steps, those that have not been run yet, and gives what came of all of them. */
export type RunSteps = (steps: readonly TrialStep[]) => Promise<RunStep[]>;

/**
 * The first step of a trial: a model without training is computed whole.
 *
 * @param trial The trial.
 * @param number Its number.
 * @param epochs Epochs that a trained one has at most, at its last rung.
 */
export function firstStep(trial: Trial, number: number, epochs: number): TrialStep {
  const isWhole = !isTrained(modelNamed(trial.model));
  return { number, rung: 0, epochs: isWhole ? 1 : rungEpochs(epochs)[0], trial };
}

/**
 * Takes trials from the list, one after the other, and runs the first step of each.
 *
 * With a number of trials it takes that many. With minutes it takes another one as long as there is time for it and
 * for all that will follow from those that were begun: their halving, and the seeds of the finalists. The times
 * decide nothing else, so that a tune of minutes is the tune of as many trials.
 *
 * @param record The tune.
 * @param list All trials.
 * @param finalists How many trials are trained again with other seeds at most.
 * @param width How many steps are run at a time.
 * @param run Runs steps.
 * @returns The first step of each trial that the tune has.
 * @throws {UsageError} There is no time for a single trial.
 */
export async function beginTrials(
  record: TuneRecord,
  list: Iterable<Trial>,
  { finalists, width, run }: {
    readonly finalists: number;
    readonly width: number;
    readonly run: RunSteps;
  },
): Promise<RunStep[]> {
  const { minutes, epochs } = record;
  const most = record.begun ?? record.trials ?? Infinity;
  // Which trials these are is known beforehand, and they may be run at the same time.
  const atOnce = Number.isFinite(most) ? most : width;
  const begun: RunStep[] = [];
  let batch: TrialStep[] = [];
  let number = 0;
  const hasTime = () => {
    if (minutes === null || record.begun !== null) return true;
    return expectedSeconds(begun, record, finalists) <= 60 * minutes;
  };
  for (const trial of list) {
    if (number >= most) break;
    batch.push(firstStep(trial, number++, epochs));
    if (batch.length < atOnce && number < most) continue;
    begun.push(...await run(batch));
    batch = [];
    if (!hasTime()) break;
  }
  if (batch.length > 0) begun.push(...await run(batch));
  refuseTooShort(begun, record);
  return begun;
}

/** A budget that the first trial alone does not keep is none. */
function refuseTooShort(begun: readonly RunStep[], { minutes, begun: known }: TuneRecord): void {
  if (minutes === null || known !== null || begun.length > 1) return;
  const [{ outcome: { seconds }, step: { trial } }] = begun;
  if (seconds <= 60 * minutes) return;
  throw new UsageError(
    `Cannot tune in ${minutes} minutes: the first trial alone, of ${trial.model}, took ` +
      `${seconds.toFixed(1)} s`,
    ({ setting }) =>
      `Give it more time, and another name: ${setting("minutes")}, ${setting("name")}`,
  );
}

/** Seconds that a tune takes in all, if one more trial like those that were begun is added to it. */
function expectedSeconds(
  begun: readonly RunStep[],
  { epochs, seeds }: TuneRecord,
  finalists: number,
): number {
  const secondsOf = (steps: readonly RunStep[]) =>
    steps.reduce((sum, { outcome: { seconds } }) => sum + seconds, 0);
  const trained = begun.filter(({ step: { trial } }) => isTrained(modelNamed(trial.model)));
  const next = secondsOf(begun) / begun.length;
  if (trained.length === 0) return secondsOf(begun) + next;
  const rungs = rungEpochs(epochs);
  const mean = secondsOf(trained) / trained.length;
  const slowest = Math.max(...trained.map(({ outcome: { seconds } }) => seconds));
  let halving = 0;
  let count = trained.length + 1;
  for (let rung = 1; rung < rungs.length; rung++) {
    count = promotedCount(count, finalists);
    halving += count * mean * (rungs[rung] - rungs[rung - 1]) / rungs[0];
  }
  const repeats = Math.min(finalists, trained.length) * (seeds - 1);
  const repeated = repeats * slowest * rungs[rungs.length - 1] / rungs[0];
  return secondsOf(begun) + next + halving + repeated;
}
