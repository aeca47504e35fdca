/**
 * How many trials a tune has: as many as were asked for, or as there is time for.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import type { Trial, TrialOutcome, TrialStep } from "../trials/trial.ts";
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
 * for all that will follow from those that were begun: their halving, and the seeds of the finalists. A trial for
 * whose following there turns out to be no time is left out, and is the end of the list. The times decide nothing else, so that a tune of minutes is the tune of as many trials.
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
  const budget = minutes === null || record.begun !== null ? Infinity : 60 * minutes;
  for (const trial of list) {
    if (number >= most) break;
    batch.push(firstStep(trial, number++, epochs));
    if (batch.length < atOnce && number < most) continue;
    const found = await run(batch);
    batch = [];
    if (begun.length > 0 && areTooDear(found, begun, record, finalists, budget)) break;
    begun.push(...found);
    if (secondsWithOneMore(begun, record, finalists) > budget) break;
  }
  if (batch.length > 0) begun.push(...await run(batch));
  refuseTooShort(begun, record);
  return begun;
}

/** Whether there is no time for what would follow from trials, which only their first steps could tell. */
function areTooDear(
  found: readonly RunStep[],
  begun: readonly RunStep[],
  record: TuneRecord,
  finalists: number,
  budget: number,
): boolean {
  const all = [...begun, ...found];
  const following = followingSeconds(all, record, finalists);
  return secondsOf(all) + following > budget &&
    following > followingSeconds(begun, record, finalists);
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

/** Seconds that trials have taken, and one more of their kind. */
function secondsWithOneMore(begun: readonly RunStep[], record: TuneRecord, finalists: number) {
  const withMore = secondsOf(begun) * (begun.length + 1) / begun.length;
  return withMore + followingSeconds(begun, record, finalists, true);
}

/** Seconds that trials have taken. */
function secondsOf(begun: readonly RunStep[]): number {
  return begun.reduce((sum, { outcome }) => sum + outcome.seconds, 0);
}

/**
 * Seconds of all that follows from trials: their halving, and the seeds of the finalists. Which go on is not known yet,
 * so they are taken to be the dearest; finalists are of different models.
 */
function followingSeconds(
  begun: readonly RunStep[],
  { epochs, seeds }: TuneRecord,
  finalists: number,
  isOneMore = false,
): number {
  const trained = begun.filter(({ step: { trial } }) => isTrained(modelNamed(trial.model)));
  if (trained.length === 0) return 0;
  const costs = trained.map(({ outcome }) => costOf(outcome));
  const dearestOfModels = Object.values(Object.groupBy(trained, ({ step }) => step.trial.model))
    .map((own) => dearestFirst(own!.map(({ outcome }) => costOf(outcome)), epochs)[0]);
  if (isOneMore) costs.push(meanOf(costs));
  const rungs = rungEpochs(epochs);
  let seconds = 0;
  let count = costs.length;
  for (let rung = 1; rung < rungs.length; rung++) {
    count = promotedCount(count, finalists);
    seconds += secondsOfDearest(costs, count, rungs[rung] - rungs[rung - 1]);
  }
  return seconds + (seeds - 1) * secondsOfDearest(dearestOfModels, finalists, epochs);
}

/** Seconds of a trained trial. */
interface Cost {
  readonly preparation: number;
  readonly epoch: number;
}

function costOf({ seconds, epochs, preparation_seconds: preparation = 0 }: TrialOutcome): Cost {
  return { preparation, epoch: (seconds - preparation) / Math.max(1, epochs) };
}

function costOfEpochs({ preparation, epoch }: Cost, epochs: number): number {
  return preparation + epoch * epochs;
}

function dearestFirst(costs: readonly Cost[], epochs: number): Cost[] {
  return costs.toSorted((one, other) => costOfEpochs(other, epochs) - costOfEpochs(one, epochs));
}

/** Seconds that the dearest of some trials take for a number of epochs each. */
function secondsOfDearest(costs: readonly Cost[], count: number, epochs: number): number {
  return dearestFirst(costs, epochs).slice(0, count)
    .reduce((sum, cost) => sum + costOfEpochs(cost, epochs), 0);
}

function meanOf(costs: readonly Cost[]): Cost {
  const mean = (part: keyof Cost) =>
    costs.reduce((sum, cost) => sum + cost[part], 0) / costs.length;
  return { preparation: mean("preparation"), epoch: mean("epoch") };
}
