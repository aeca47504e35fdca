/**
 * Runs a study, or goes on with it: its trials one after the other, then the test split once for each, then the tables
 * and the reading.
 *
 * @module
 */
import { readResult } from "../../training/result_file.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { localEngine } from "../trials/engine.ts";
import { readOutcome, trialPath } from "../trials/outcome_file.ts";
import { testTrial } from "../trials/test_trial.ts";
import type { TrialOutcome, TrialPlace } from "../trials/trial.ts";
import { writeTrialRecords } from "../trials/trial_records.ts";
import { type PlannedGrid, planStudy, type StudyRequest, type StudyTrial } from "./study_grid.ts";
import { lockStudy } from "./study_folder.ts";
import { beginStudy, studyRecord } from "./study_record.ts";
import { transformed } from "./transformation.ts";

/** Where a study is run, and who hears of it. */
export interface StudyOptions extends Pick<TrialPlace, "gpu" | "cache" | "onNote" | "signal"> {
  /** Told of each trial that ends, and how many of how many have. */
  readonly onTrial?: (trial: StudyTrial, outcome: TrialOutcome, done: number, all: number) => void;
}

/** A trial, and all that came of it. */
export interface StudyResult {
  /** The trial. */
  readonly trial: StudyTrial;
  /** What came of it, by validation. */
  readonly outcome: TrialOutcome;
  /** Metrics of its best epoch on the test split; nothing where it failed. */
  readonly test?: Metrics;
  /** Seconds of training an epoch took, evaluation not counted; nothing where there was none. */
  readonly secondsPerEpoch?: number;
}

/** A study that was run. */
export interface FinishedStudy {
  /** Its variants on each dataset. */
  readonly grids: readonly PlannedGrid[];
  /** Its trials, by their numbers. */
  readonly results: readonly StudyResult[];
}

/**
 * Runs what is left of a study in its folder. It is left as `trials.ndjson`, `trials.parquet`, `times.ndjson` and a run
 * of each trial; whoever calls adds what is made of them.
 *
 * @param folder The folder, such as `runs/NAME`.
 * @param request What is asked of it.
 * @param options Where it is run, and who hears of it.
 * @throws {UsageError} The study cannot be run so, or was begun in another way.
 * @throws {BandpassError} Another process runs it.
 * @throws {InterruptedError} The signal is aborted; the same call goes on with it.
 */
export async function runStudy(
  folder: string,
  request: StudyRequest,
  options: StudyOptions,
): Promise<FinishedStudy> {
  const { gpu, onTrial } = options;
  const grids = planStudy(request);
  const trials = grids.flatMap(({ trials }) => trials);
  await beginStudy(folder, studyRecord(request, grids, gpu.name));
  await using _lock = await lockStudy(folder);
  const found = await outcomesOf(folder, trials);
  for (const trial of trials) {
    await localEngine(placeOf(trial, options)).run(folder, [trial.step], async (_, outcome) => {
      found.push([trial, outcome]);
      onTrial?.(trial, outcome, found.length, trials.length);
      await writeRecords(folder, found, grids);
    });
  }
  const outcomes = await outcomesOf(folder, trials);
  await writeRecords(folder, outcomes, grids);
  const results: StudyResult[] = [];
  for (const [trial, outcome] of outcomes) {
    results.push({ trial, outcome, ...await resultOf(folder, trial, outcome, options) });
  }
  return { grids, results };
}

/** The trials of a study that have ended, with what came of them. */
export async function outcomesOf(
  folder: string,
  trials: readonly StudyTrial[],
): Promise<[StudyTrial, TrialOutcome][]> {
  const found: [StudyTrial, TrialOutcome][] = [];
  for (const trial of trials) {
    const outcome = await readOutcome(folder, trial.step);
    if (outcome !== undefined) found.push([trial, outcome]);
  }
  return found;
}

/** Where a trial is run: on its dataset as its variant has it. */
function placeOf({ step, data, variant }: StudyTrial, options: StudyOptions): TrialPlace {
  const { gpu, cache, onNote, signal } = options;
  const dataset = variant.data === undefined
    ? data.dataset
    : transformed(data.dataset, variant.data, step.trial.seed);
  return { gpu, dataset, dataDirectory: data.dataDirectory, cache, onNote, signal };
}

async function writeRecords(
  folder: string,
  outcomes: readonly [StudyTrial, TrialOutcome][],
  grids: readonly PlannedGrid[],
): Promise<void> {
  const records = outcomes.map(([{ step, data, variant }, outcome]) => ({
    step,
    outcome,
    labels: {
      dataset: data.dataset.name,
      variant: variant.name,
      data: variant.data === undefined ? "" : JSON.stringify(variant.data),
    },
  }));
  const protocols = new Set(
    grids.map(({ data: { dataset } }) => trainingProtocol(dataset, "valid")),
  );
  await writeTrialRecords(folder, records, [...protocols].join("; "));
}

/** What a trial's run has beside its outcome; where it has not been tested, it is tested now. */
async function resultOf(
  folder: string,
  trial: StudyTrial,
  { status }: TrialOutcome,
  options: StudyOptions,
): Promise<Pick<StudyResult, "test" | "secondsPerEpoch">> {
  if (status !== "finished") return {};
  const path = trialPath(folder, trial.step.number);
  const result = await readResult(path);
  const secondsPerEpoch = result?.seconds_per_epoch ?? undefined;
  // The dataset is changed anew only where it is needed.
  const test = result?.test ?? await testTrial(placeOf(trial, options), path);
  return { test, secondsPerEpoch };
}
