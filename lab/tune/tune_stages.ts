/**
 * A tune from its first trial to its result: trials are begun, halved, repeated with other seeds, and the best of
 * them tested once, when nothing is left to choose.
 *
 * Which step comes next follows from the outcomes of those before it alone. So a tune that was killed decides again
 * what it had decided, and finds those steps done.
 *
 * @module
 */
import { BandpassError } from "../../errors.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import { stopReasons } from "../../training/position.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import type { TrialEngine } from "../trials/engine.ts";
import { readOutcome, removeTrial, trialPath } from "../trials/outcome_file.ts";
import { testTrial } from "../trials/test_trial.ts";
import { writeTrialRecords } from "../trials/trial_records.ts";
import type { TrialOutcome, TrialPlace, TrialStep } from "../trials/trial.ts";
import { beginTrials, type RunStep } from "./begin.ts";
import { blendFinalists } from "./blend_finalists.ts";
import {
  bestFinalistsFirst,
  type Finalist,
  finalTrials,
  mostFinalists,
  seedSteps,
} from "./finalists.ts";
import { bestFirst, promotedCount, rungEpochs, scoreOf } from "./halving.ts";
import { foundPreset } from "./found_preset.ts";
import { writePresetFile } from "./preset_file.ts";
import { trialList } from "./trial_list.ts";
import { type TuneRecord, writeTuneRecord } from "./tune_record.ts";
import {
  type ModelScores,
  type TestedFinalist,
  type TestedRun,
  type TuneResult,
  writeTuneResult,
} from "./tune_result.ts";

/** What is tuned, and where. */
export interface TuneJob {
  /** The folder of the tune, locked. */
  readonly folder: string;
  /** What it is made from. */
  readonly record: TuneRecord;
  /** Where trials are run, finalists tested and blended. */
  readonly place: TrialPlace;
  /** What runs the trials. */
  readonly engine: TrialEngine;
  /** Told of every step that has come to its end. */
  readonly onOutcome?: (step: TrialStep, outcome: TrialOutcome) => void;
  /** Told of what comes next. */
  readonly onStage?: (text: string) => void;
}

/**
 * Runs a tune, or what is left of it.
 *
 * @param job What is tuned.
 * @returns What it found, which stands in its folder as well.
 * @throws {UsageError} There is no time for a single trial.
 * @throws {BandpassError} No trial finished.
 * @throws {InterruptedError} It is interrupted; what is done is kept.
 */
export async function tune(job: TuneJob): Promise<TuneResult> {
  const { folder, record, place, engine, onStage } = job;
  const ran: RunStep[] = [];
  const run = async (steps: readonly TrialStep[]) => {
    const found = await runSteps(job, ran, steps);
    ran.push(...found);
    return found;
  };
  const list = trialList(record, place);
  const options = { finalists: mostFinalists, width: engine.width, run };
  const begun = await beginTrials(record, list, options);
  // What was left out, for which there is no time, before it is said how many there are.
  for (const { step } of ran.splice(begun.length)) await removeTrial(folder, step);
  if (record.begun === null && record.trials === null) {
    await writeTuneRecord(folder, { ...record, begun: begun.length });
  }
  const whole = await halve(begun, record, run, onStage);
  refuseAllFailed(folder, begun.length, ran, whole);
  const finalists = await repeated(finalTrials(whole), begun.length, record, run);
  await writeTrialRecords(folder, ran, protocolOf(job));
  onStage?.("Testing the finalists");
  const tested = await testedFinalists(job, finalists);
  const blend = await blendFinalists(folder, place, finalists);
  const failed = begun.filter(({ number }) => hasFailed(ran, number)).length;
  const result: TuneResult = {
    protocol: trainingProtocol(place.dataset, "test", chosenByTune, place.evalUsers),
    dataset: record.dataset,
    adapter: record.adapter,
    bandpass: record.bandpass,
    ...{ trials: begun.length, failed, models: modelScores(record, begun, ran) },
    ...{ finalists: tested, blend },
  };
  await writePresetFile(`${folder}/preset.json`, foundPreset(record, result));
  await writeTuneResult(folder, result);
  return result;
}

/** What a tune chooses: the first seed of its finalists is among what they are measured by. */
const chosenByTune = "settings with the first of their seeds, and the best epoch of each run,";

/** How trials were judged, in words. */
function protocolOf({ place: { dataset, evalUsers } }: TuneJob): string {
  return trainingProtocol(dataset, "valid", undefined, evalUsers);
}

/** Runs steps, keeps the tables of all that have been run, and gives the outcomes. */
async function runSteps(
  job: TuneJob,
  ran: readonly RunStep[],
  steps: readonly TrialStep[],
): Promise<RunStep[]> {
  const { folder, engine, onOutcome } = job;
  const found = new Map<TrialStep, RunStep>();
  const add = (step: TrialStep, outcome: TrialOutcome) =>
    found.set(step, { number: step.number, step, outcome });
  for (const step of steps) {
    const outcome = await readOutcome(folder, step);
    if (outcome !== undefined) add(step, outcome);
  }
  await engine.run(folder, steps, async (step, outcome) => {
    add(step, outcome);
    await writeTrialRecords(folder, [...ran, ...found.values()], protocolOf(job));
    onOutcome?.(step, outcome);
  });
  return steps.map((step) => found.get(step)!);
}

/** Trials may also fail after their first rung. */
function refuseAllFailed(
  folder: string,
  trials: number,
  ran: readonly RunStep[],
  whole: readonly RunStep[],
): void {
  if (bestFirst(whole).length > 0) return;
  const { step: { trial }, outcome } = ran.find(({ outcome }) => scoreOf(outcome) === undefined)!;
  const what = trials === 1
    ? "its only trial did not finish:"
    : `none of its ${trials} trials finished; the first that failed, of`;
  throw new BandpassError(
    `Cannot tune "${folder}": ${what} ${trial.model}: ${outcome.reason}`,
    `See all of them in "${folder}/trials.ndjson"`,
  );
}

/** Takes the best trials of trained models further, rung by rung; gives those that nothing was left to do for. */
async function halve(
  begun: readonly RunStep[],
  { epochs }: TuneRecord,
  run: (steps: readonly TrialStep[]) => Promise<RunStep[]>,
  onStage?: (text: string) => void,
): Promise<RunStep[]> {
  const isWhole = ({ step: { trial }, outcome: { reason } }: RunStep) =>
    !isTrained(modelNamed(trial.model)) || reason !== stopReasons.maximumEpochs;
  const whole = begun.filter(isWhole);
  let going = begun.filter(({ step: { trial } }) => isTrained(modelNamed(trial.model)));
  const [, ...rungs] = rungEpochs(epochs);
  for (const [n, most] of rungs.entries()) {
    const promoted = bestFirst(going).slice(0, promotedCount(going.length, mostFinalists))
      .toSorted((a, b) => a.number - b.number);
    if (promoted.length === 0) break;
    onStage?.(`${promoted.length} of ${going.length} trained models go on to ${most} epochs`);
    going = await run(promoted.map(({ step }) => ({ ...step, rung: n + 1, epochs: most })));
    whole.push(...going.filter(isWhole));
  }
  // Those that early stopping ended and halving took along nevertheless stand there once.
  const last = new Map([...whole, ...going].map((one) => [one.number, one]));
  return [...last.values()];
}

/** The finalists with their other seeds, the best first. */
async function repeated(
  trials: readonly RunStep[],
  firstNumber: number,
  record: TuneRecord,
  run: (steps: readonly TrialStep[]) => Promise<RunStep[]>,
): Promise<Finalist[]> {
  let next = firstNumber;
  const steps = trials.map((trial) => {
    const own = seedSteps(trial, record, next);
    next += own.length;
    return own;
  });
  const ran = await run(steps.flat());
  const finalists = trials.map((trial, n) => ({
    runs: [trial, ...ran.filter(({ step }) => steps[n].includes(step))],
  }));
  return bestFinalistsFirst(finalists);
}

async function testedFinalists(
  { folder, place }: TuneJob,
  finalists: readonly Finalist[],
): Promise<TestedFinalist[]> {
  const tested: TestedFinalist[] = [];
  for (const { runs } of finalists) {
    const { model, settings } = runs[0].step.trial;
    const own: TestedRun[] = [];
    for (const { number, step, outcome } of runs) {
      const { best_epoch, validation } = outcome;
      if (best_epoch === null || validation === null) continue;
      const test = await testTrial(place, trialPath(folder, number));
      own.push({ number, seed: step.trial.seed, best_epoch, validation, test });
    }
    tested.push({ model, settings, runs: own, failed: runs.length - own.length });
  }
  return tested;
}

function hasFailed(ran: readonly RunStep[], number: number): boolean {
  return ran.some((one) => one.number === number && one.outcome.status !== "finished");
}

/** What each model reached, at whichever rung. */
function modelScores(
  { models }: TuneRecord,
  begun: readonly RunStep[],
  ran: readonly RunStep[],
): ModelScores[] {
  return models.map((model) => {
    const own = begun.filter(({ step: { trial } }) => trial.model === model);
    const bestOf = (trials: readonly RunStep[]) => {
      const numbers = new Set(trials.map(({ number }) => number));
      const [best] = bestFirst(ran.filter(({ number }) => numbers.has(number)));
      return best === undefined ? null : scoreOf(best.outcome)!;
    };
    const failed = own.filter(({ number }) => hasFailed(ran, number)).length;
    return { model, trials: own.length, failed, usual: bestOf(own.slice(0, 1)), best: bestOf(own) };
  });
}
