/**
 * Runs a trial in a run's folder, or takes it further from where it stands there.
 *
 * A trained model goes on exactly as `train --resume` does: parameters and checkpoints are those of a training
 * that was never interrupted. The test split is not looked at (test_trial.ts does that).
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { counted } from "../../data/counts.ts";
import { exists } from "../../data/exists.ts";
import { DataError, DivergedError, GpuError, UsageError } from "../../errors.ts";
import {
  type ComputedDefinition,
  isTrained,
  type ModelDefinition,
  type TrainedDefinition,
  trainedSettings,
} from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import { computeUntested, keepComputed } from "../../recommender/compute.ts";
import { noting } from "../../recommender/made.ts";
import { newRun } from "../../recommender/new_run.ts";
import { openRun, type Run } from "../../recommender/run.ts";
import { assertSameData, assertSameMachine } from "../../recommender/same_run.ts";
import { type Configuration, resolveConfiguration } from "../../training/configuration.ts";
import { withModalityWeights } from "../../training/modality_weights.ts";
import { stopReasons } from "../../training/position.ts";
import { asRecorded } from "../../training/run_record.ts";
import { readResult } from "../../training/result_file.ts";
import { Training } from "../../training/training.ts";
import type { UntestedResult } from "../../training/training_result.ts";
import { assertSameTrial } from "./same_trial.ts";
import type { Trial, TrialOutcome, TrialPlace, TrialStep } from "./trial.ts";

/** What a step trains or computes, and where. */
interface Job {
  readonly place: TrialPlace;
  readonly path: string;
  readonly configuration: Configuration;
  /** The run, where it has been begun. */
  readonly run?: Run;
}

/** What a step gave, and the GPU memory that it took. */
interface Ended {
  readonly result: Pick<UntestedResult, "epochs" | "stopReason" | "bestEpoch" | "validation">;
  readonly gpuBytes: number;
  /** When the first epoch began, of a trained model. */
  readonly trainedFrom?: number;
}

/**
 * What a trial is trained with: its settings over those that `train` takes for the dataset.
 *
 * @param trial The trial.
 * @param place Where it is run.
 * @param epochs Epochs that it has at most.
 * @throws {UsageError} There is no such model or setting, or a value is out of range.
 */
export function trialConfiguration(
  { model, settings, seed }: Trial,
  { dataset, dataDirectory, evalUsers = 0 }: Pick<
    TrialPlace,
    "dataset" | "dataDirectory" | "evalUsers"
  >,
  epochs: number,
): Configuration {
  const definition = modelNamed(model);
  const [seedText, epochsText] = [String(seed), String(epochs)];
  const place = { dataset: dataset.name, data_dir: dataDirectory, eval_users: String(evalUsers) };
  const options = { ...place, model };
  return resolveConfiguration(
    { options: { ...options, seed: seedText, epochs: epochsText }, assignments: settings },
    () => definition.settings,
  );
}

/**
 * Runs a trial up to a number of epochs, or until early stopping ends it.
 *
 * What goes wrong with the trial itself (it diverges, the device lacks memory for it, the dataset lacks what the
 * model needs) is its outcome, and costs no other trial anything; all else is thrown, and the step can be run again.
 *
 * @param place Where it is run.
 * @param step The trial, and how far it goes.
 * @param path The folder of its run; it is made where it is not there yet.
 * @throws {UsageError} There is no such model or setting, or the run there was begun with others.
 * @throws {InterruptedError} The signal is aborted; a training's state is saved.
 */
export async function runTrial(
  place: TrialPlace,
  { trial, epochs }: Pick<TrialStep, "trial" | "epochs">,
  path: string,
): Promise<TrialOutcome> {
  const started = performance.now();
  const configuration = trialConfiguration(trial, place, epochs);
  const definition = modelNamed(trial.model);
  const run = await begunRun(place, configuration, path);
  const gpu = run === undefined ? place.gpu : asRecorded(place.gpu, run.folder.record);
  const job = { place: { ...place, gpu }, path, configuration, run };
  try {
    const { result, gpuBytes, trainedFrom } = await ended(job, definition);
    return {
      ...{ status: "finished", epochs: result.epochs, reason: result.stopReason },
      ...{ best_epoch: result.bestEpoch, validation: result.validation },
      ...{ seconds: (performance.now() - started) / 1000, gpu_bytes: gpuBytes },
      ...trainedFrom !== undefined && { preparation_seconds: (trainedFrom - started) / 1000 },
    };
  } catch (error) {
    if (run !== undefined && error instanceof DataError) throw damagedTrial(path, error);
    if (!isOfTrial(error, place)) throw error;
    return {
      status: error instanceof DivergedError ? "diverged" : "failed",
      epochs: (await readResult(path).catch(() => undefined))?.epochs ?? 0,
      ...{ reason: error.message, best_epoch: null, validation: null },
      ...{ seconds: (performance.now() - started) / 1000, gpu_bytes: 0 },
    };
  }
}

/** The run of a trial that was begun before; nothing where it is new. */
async function begunRun(
  { dataset, gpu, onNote }: TrialPlace,
  configuration: Configuration,
  path: string,
): Promise<Run | undefined> {
  if (!await exists(`${path}/run.json`)) return undefined;
  const run = await openRun(path);
  const { record } = run.folder;
  assertSameData(path, record, dataset, onNote);
  assertSameMachine(path, record, { bandpass: manifest.version, adapter: gpu.name });
  assertSameTrial(path, run.configuration, configuration);
  const epochs = (await readResult(path))?.epochs ?? 0;
  if (epochs > configuration.epochs) {
    throw new UsageError(
      `Cannot go on with the trial in "${path}": it has ${counted(epochs, "epoch")}, and is to ` +
        `have ${configuration.epochs} now, as the others have`,
      anew(path),
    );
  }
  return run;
}

/** What the dataset lacks was told before the run was begun: what is wrong now is wrong with its files. */
function damagedTrial(path: string, { message }: DataError): DataError {
  return new DataError(
    message,
    `Restore it from an intact copy; or to run the trial anew: ${anew(path)}`,
  );
}

/** A trial that is not there is run again, up to where it is to be. */
const anew = (path: string) => `Remove "${path}" and ask for the same again`;

async function ended(job: Job, definition: ModelDefinition): Promise<Ended> {
  return isTrained(definition)
    ? await trainedTrial(job, definition)
    : await finishedBefore(job) ?? await computedTrial(job, definition);
}

async function trainedTrial(
  { place, path, configuration: given, run }: Job,
  definition: TrainedDefinition,
): Promise<Ended> {
  const { gpu, dataset, signal } = place;
  const { notes, note, cache } = noting(place);
  const weighing = { gpu, dataset, definition, configuration: given, cache, note };
  const configuration = run?.configuration ?? await withModalityWeights(weighing);
  const settings = trainedSettings(definition, configuration.settings);
  const { seed, eval_users: evalUsers } = configuration;
  const { epochs } = given;
  const job = { gpu, dataset, definition, settings, seed, epochs, evalUsers, cache, note };
  const training = await Training.plan(job);
  try {
    await training.compile();
    const folder = run?.folder ?? await newRun(path, gpu, dataset, configuration, notes);
    await using _lock = await folder.lock();
    const trainedFrom = performance.now();
    const result = await training.runUntested(folder, { resume: run !== undefined, signal });
    return { result, gpuBytes: training.memory.bytes, trainedFrom };
  } finally {
    training.close();
  }
}

async function computedTrial(
  { place, path, configuration, run }: Job,
  definition: ComputedDefinition,
): Promise<Ended> {
  const { gpu, dataset } = place;
  const job = { gpu, dataset, definition, configuration };
  const made = await computeUntested(job, place);
  const { memory } = made.loaded.scored;
  try {
    // A process that was killed may have left the folder without a result.
    const folder = run?.folder ??
      await newRun(path, gpu, dataset, made.configuration, made.notes);
    await using _lock = await folder.lock();
    await keepComputed(folder, job, made);
    return { result: made.result, gpuBytes: memory.bytes };
  } finally {
    memory.destroy();
  }
}

/** What came of a model that was computed, and whose outcome was lost with the process. */
async function finishedBefore({ path }: Job): Promise<Ended | undefined> {
  const result = await readResult(path);
  if (result?.validation == null) return undefined;
  const { epochs, validation } = result;
  const stopReason = stopReasons.computed;
  return { result: { epochs, stopReason, bestEpoch: 1, validation }, gpuBytes: 0 };
}

/** Whether an error tells of the trial, and not of the machine, the disk or the person at it. */
function isOfTrial(error: unknown, { gpu }: TrialPlace): error is Error {
  if (error instanceof GpuError) {
    try {
      gpu.check();
      return true;
    } catch {
      return false; // No trial after it could be computed on this device.
    }
  }
  return [DivergedError, DataError, UsageError].some((kind) => error instanceof kind);
}
