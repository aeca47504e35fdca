/**
 * Training from a program.
 *
 * @module
 */
import { dirname } from "node:path";
import { hashedOnce } from "../data/content_hashes.ts";
import type { Dataset } from "../data/dataset.ts";
import { defaultDataDirectory } from "../data/default_names.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { openTestedGpu } from "../gpu/self_test.ts";
import {
  isTrained,
  type ModelDefinition,
  type TrainedDefinition,
  trainedSettings,
} from "../models/define_model.ts";
import type { ComputeProgress } from "../gpu/compute_observers.ts";
import { assertOwnName, modelNamed } from "../models/registry.ts";
import { type Configuration, resolveConfiguration } from "../training/configuration.ts";
import { MemoryStore } from "../training/memory_store.ts";
import { withModalityWeights } from "../training/modality_weights.ts";
import { notLearningNow, notLearningText } from "../training/not_learning.ts";
import { Training } from "../training/training.ts";
import type { EpochProgress } from "../training/training_result.ts";
import { computeModel } from "./compute.ts";
import { type Made, noting } from "./made.ts";
import { newRun } from "./new_run.ts";
import type { DeviceOptions } from "./options.ts";
import { Recommender } from "./recommender.ts";

/** How a model is trained. */
export interface TrainOptions extends DeviceOptions {
  /** Settings of the model by their keys; the others have their defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The name of published settings, which `settings` override. */
  readonly preset?: string;
  /** What all random numbers follow from (default: 0). */
  readonly seed?: number;
  /** How many users validation ranks, drawn by the seed; test always ranks all (default: all). */
  readonly evalUsers?: number;
  /** The most epochs; early stopping mostly ends it before (default: 1000). */
  readonly epochs?: number;
  /** Ends the training early; with `run` its state is saved first. */
  readonly signal?: AbortSignal;
  /** Told how a long part of computing a model without training stands. */
  readonly onProgress?: (progress: ComputeProgress) => void;
  /** Told of every epoch. */
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** A new folder that the run is kept in as it goes, as the command does (default: memory alone). */
  readonly run?: string;
}

/**
 * Trains a model, and tests the parameters of its best epoch by validation Recall@20.
 *
 * @param dataset The dataset.
 * @param model The name of a built-in model, or one made by `defineModel()`.
 * @param options Settings, seed, epochs and device.
 * @returns What recommends by the best parameters; dispose of it to give the device back.
 * @throws {UsageError} There is no such model or setting, a value is out of range, or a model of your own
 * has the name of a built-in one.
 * @throws {DataError} The dataset lacks train, validation or test rows, or what the model needs.
 * @throws {GpuError} There is no usable GPU, or it lacks memory.
 * @throws {DivergedError} A loss or parameter is not finite.
 * @throws {InterruptedError} The signal is aborted.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { train } from "./train.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * await using model = await train(dataset, "bpr", { epochs: 1 });
 * const [{ items }] = await model.recommend([7], { topK: 3 });
 * items.length; // 3
 * ```
 */
export async function train(
  dataset: Dataset,
  model: string | ModelDefinition,
  options: TrainOptions = {},
): Promise<Recommender> {
  const definition = typeof model === "string" ? modelNamed(model) : model;
  assertOwnName(definition);
  const configuration = configurationOf(dataset, definition, options);
  const ownsGpu = options.gpu === undefined;
  const gpu = options.gpu ?? await openTestedGpu(options.adapter ?? "auto");
  try {
    const { onNote } = options;
    const parts = { dataset, definition, gpu, ownsGpu, onNote };
    const made = isTrained(definition)
      ? await trained(gpu, dataset, definition, configuration, options)
      : await computeModel({ gpu, dataset, definition, configuration }, options);
    return new Recommender({ ...parts, model: made.loaded, ...made });
  } catch (error) {
    if (ownsGpu) await gpu.close();
    throw error;
  }
}

function configurationOf(
  dataset: Dataset,
  definition: ModelDefinition,
  { settings = {}, preset, seed, epochs, evalUsers, adapter }: TrainOptions,
): Configuration {
  const text = (value: number | undefined) => value === undefined ? undefined : String(value);
  return resolveConfiguration(
    {
      options: {
        dataset: dataset.name,
        data_dir: dataset.folder === undefined ? defaultDataDirectory : dirname(dataset.folder),
        model: definition.name,
        seed: text(seed),
        epochs: text(epochs),
        eval_users: text(evalUsers),
        adapter,
      },
      assignments: settings,
      preset,
      modelSource: definition.source,
    },
    () => definition.settings,
  );
}

async function trained(
  gpu: Gpu,
  dataset: Dataset,
  definition: TrainedDefinition,
  given: Configuration,
  options: TrainOptions,
): Promise<Made> {
  const { signal, onEpoch, run } = options;
  const { notes, note, cache } = noting(options);
  const hashes = hashedOnce(dataset);
  const weighing = { gpu, dataset, hashes, definition, configuration: given, cache, note };
  const configuration = await withModalityWeights(weighing);
  const settings = trainedSettings(definition, configuration.settings);
  const { seed, epochs, eval_users: evalUsers } = configuration;
  const limits = { epochs, evalUsers };
  const job = { gpu, dataset, definition, settings, seed, ...limits, cache, note, signal };
  const training = await Training.plan(job);
  try {
    await training.compile();
    const folder = run === undefined
      ? undefined
      : await newRun(run, gpu, dataset, configuration, notes, hashes());
    await using _lock = await folder?.lock();
    const result = await training.run(folder ?? new MemoryStore(), {
      signal,
      onEpoch(progress) {
        const found = notLearningNow(progress.lines, definition.settings, settings);
        if (found !== undefined) {
          const [[key, value]] = Object.entries(found.settings);
          note(`${notLearningText(found)}; try ${key}=${value}`);
        }
        onEpoch?.(progress);
      },
    });
    const { scored, parameters } = training;
    return { loaded: { scored, parameters }, configuration, result, notes };
  } catch (error) {
    training.close();
    throw error;
  }
}
