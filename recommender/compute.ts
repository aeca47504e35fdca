/**
 * What stands in the place of a training for a model without parameters: its settings are searched for
 * where they are left to it, it is computed, and evaluated.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { refuseAborted } from "../errors.ts";
import { rankBothSplits } from "../evaluation/both_splits.ts";
import { type Metrics, metricsFromRanks } from "../evaluation/metrics.ts";
import type { RankedSplit } from "../evaluation/ranking.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { ComputedDefinition } from "../models/define_model.ts";
import type { ComputeProgress } from "../gpu/compute_observers.ts";
import { resolveSettings } from "../models/settings.ts";
import { SharedWork } from "../models/shared_work.ts";
import type { Configuration } from "../training/configuration.ts";
import { stopReasons } from "../training/position.ts";
import { RunFolder } from "../training/run_folder.ts";
import { finishedResult } from "../training/run_result.ts";
import { searchSettings } from "../training/search_settings.ts";
import { drawnUsers, withDrawnUsers } from "../training/validation_users.ts";
import {
  type EpochProgress,
  stoppingMetric,
  type UntestedResult,
} from "../training/training_result.ts";
import { checkpointOf, type LoadedModel, loadModel } from "./loaded_model.ts";
import { type Made, noting } from "./made.ts";
import { newRun } from "./new_run.ts";
import type { DeviceOptions } from "./options.ts";

/** What is computed. */
export interface ComputeJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
  /** The model. */
  readonly definition: ComputedDefinition;
  /** Its configuration; settings that are not there are searched for. */
  readonly configuration: Configuration;
}

/** Who hears of it, and where it is kept. */
export interface ComputeOptions extends Pick<DeviceOptions, "cache" | "onNote"> {
  /** Ends it early; nothing is saved then. */
  readonly signal?: AbortSignal;
  /** Told how a long part of it stands. */
  readonly onProgress?: (progress: ComputeProgress) => void;
  /** Told of the result, as of an epoch. */
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** A new folder that the run is kept in. */
  readonly run?: string;
}

/**
 * Computes a model, and ranks both splits by it.
 *
 * @param job What is computed.
 * @param options Who hears of it, and where it is kept.
 * @throws {UsageError} The folder of the run exists already.
 * @throws {DataError} The dataset lacks validation or test rows, or what the model needs.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function computeModel(job: ComputeJob, options: ComputeOptions): Promise<Made> {
  const { gpu, dataset } = job;
  const { run, signal, onProgress } = options;
  if (run !== undefined) await RunFolder.assertFree(run);
  const ranked = rankedDataset(job);
  const made = await computed(job, options, async ({ scored }, metrics) => {
    const { memory, representation } = scored;
    const { valid, test } = await rankBothSplits(
      { memory, representation, dataset: ranked },
      { signal, onProgress },
    );
    return { validation: metrics("valid", valid), test: metrics("test", test) };
  });
  if (run === undefined) return made;
  try {
    const folder = await newRun(run, gpu, dataset, made.configuration, made.notes);
    await keepComputed(folder, job, made);
  } catch (error) {
    made.loaded.scored.memory.destroy();
    throw error;
  }
  return made;
}

/**
 * Computes a model, ranks the validation split by it, and does not look at the test split.
 *
 * @param job What is computed.
 * @param options Who hears of it.
 * @throws {DataError} The dataset lacks what the model needs.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function computeUntested(
  job: ComputeJob,
  options: Omit<ComputeOptions, "run">,
): Promise<Made<UntestedResult>> {
  const ranked = rankedDataset(job);
  return await computed(job, options, async ({ scored }, metrics) => {
    const ranking = scored.planRanking("valid", "train", { dataset: ranked });
    await ranking.compile();
    const { signal, onProgress } = options;
    return { validation: metrics("valid", await ranking.run({ signal, onProgress })) };
  });
}

/**
 * Writes into the folder of a run what came of a computation.
 *
 * @param folder The folder, with its configuration.
 * @param job What was computed.
 * @param made What came of it.
 * @throws {BandpassError} It cannot be written.
 */
export async function keepComputed(
  folder: RunFolder,
  { gpu, dataset, definition }: ComputeJob,
  { loaded, configuration, result }: Made<UntestedResult>,
): Promise<void> {
  await folder.writeMetrics(result.lines);
  const checkpoint = checkpointOf(loaded, { model: definition.name, epoch: "1" });
  if (checkpoint !== undefined) await folder.writeCheckpoint("best", checkpoint);
  const { seed, eval_users: evalUsers } = configuration;
  const subject = { gpu, dataset, definition, seed, evalUsers };
  await folder.writeResult(finishedResult(subject, result));
}

/** The dataset with the validation rows that are ranked, those of a search among them. */
function rankedDataset({ dataset, configuration: { eval_users, seed } }: ComputeJob): Dataset {
  return withDrawnUsers(dataset, eval_users, seed);
}

/** The metrics of a ranked split; none where it has no rows. */
type MetricsOf = (split: "valid" | "test", ranked: RankedSplit) => Metrics;

async function computed<Splits extends { readonly validation: Metrics }>(
  job: ComputeJob,
  options: ComputeOptions,
  evaluate: (loaded: LoadedModel, metrics: MetricsOf) => Promise<Splits>,
): Promise<Made<UntestedResult & Splits>> {
  const { gpu, dataset, definition } = job;
  const { signal, onEpoch, onProgress } = options;
  const { notes, note, cache } = noting(options);
  const started = performance.now();
  const shared = new SharedWork();
  const how = { shared, cache, note, signal, onProgress };
  const { configuration, tried } = await withFoundSettings(job, how);
  refuseAborted(signal);
  const { seed, settings } = configuration;
  const plan = { gpu, dataset, definition, seed, settings, ...how };
  const loaded = await loadModel(plan);
  try {
    refuseAborted(signal);
    const metrics = await evaluate(loaded, (split, ranked) => {
      if (dataset[split].users.length > 0) return metricsFromRanks(ranked);
      // It chooses no epoch, and needs neither.
      note(`"${dataset.name}" has no ${split} rows (x_label ${labels[split]}): no metrics of them`);
      return {};
    });
    const { validation } = metrics;
    const seconds = (performance.now() - started) / 1000;
    const drawn = drawnUsers(dataset, configuration.eval_users);
    const line = { epoch: 1, loss: 0, terms: {}, validation, ...drawn, seconds };
    const result = {
      ...{ epochs: 1, stopReason: stopReasons.computed, secondsPerEpoch: seconds, bestEpoch: 1 },
      ...{ ...metrics, lines: [line], diagnostics: [], search: tried },
    };
    onEpoch?.({
      ...{ line, lines: [line] },
      stopping: { bestScore: validation[stoppingMetric] ?? -1, bestEpoch: 1, withoutBetter: 0 },
    });
    return { loaded, configuration, result, notes };
  } catch (error) {
    loaded.scored.memory.destroy();
    throw error;
  }
}

/** What a dataset calls its splits. */
const labels = { valid: 1, test: 2 };

/** The configuration with the settings that were left to a search. */
async function withFoundSettings(
  job: ComputeJob,
  how: Pick<
    Parameters<typeof searchSettings>[0],
    "shared" | "cache" | "note" | "signal" | "onProgress"
  >,
) {
  const { configuration, definition, gpu } = job;
  const where = { gpu, dataset: rankedDataset(job) };
  const { seed, settings } = configuration;
  const isSearched = Object.entries(definition.settings)
    .some(([key, { searched }]) => searched && !Object.hasOwn(settings, key));
  if (!isSearched) return { configuration };
  if (where.dataset.valid.users.length === 0) {
    how.note?.(
      `"${where.dataset.name}" has no valid rows (x_label ${labels.valid}) to search settings by: the ` +
        "defaults are taken",
    );
    const defaults = resolveSettings(definition.settings, { ...settings, search: "none" });
    return { configuration: { ...configuration, settings: defaults } };
  }
  const found = await searchSettings({ ...where, definition, seed, settings, ...how });
  return { configuration: { ...configuration, settings: found.settings }, tried: found.tried };
}
