/**
 * A model that is built, has its parameters, and has computed what it scores by.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { SafetensorsStream, TensorSource } from "../data/safetensors.ts";
import { ScoredModel } from "../evaluation/scored_model.ts";
import { untrainedItems } from "../evaluation/untrained_items.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import {
  type ComputedDefinition,
  isTrained,
  type ModelDefinition,
  type TrainedDefinition,
} from "../models/define_model.ts";
import type { ComputeProgress } from "../gpu/compute_observers.ts";
import type { KeptState, Scorer } from "../models/model.ts";
import { resolveSettings, type SettingValue } from "../models/settings.ts";
import type { SharedWork } from "../models/shared_work.ts";
import { parameterCheckpoint, restoreParameters } from "../training/checkpoint.ts";
import { keptCheckpoint, requireKeptState, restoreTables } from "../training/kept_state.ts";

/** A model on a device, ready to score. */
export interface LoadedModel {
  /** What ranks and recommends. */
  readonly scored: ScoredModel;
  /** Its parameters; none for a model without training. */
  readonly parameters: readonly Tensor[];
  /** What its run keeps, of a model without training. */
  readonly kept?: KeptState;
}

/** What a model is loaded from. */
export interface ModelPlan {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset that it is built from. */
  readonly dataset: Dataset;
  /** The same with items that came after training, which are scored too (default: there are none). */
  readonly scoredDataset?: Dataset;
  /** The model. */
  readonly definition: ModelDefinition;
  /** Its settings. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** The seed that it was trained with. */
  readonly seed: number;
  /** Where item graphs and eigenpairs are kept. */
  readonly cache?: GraphCache;
  /** Told what a user would want to know of the preparation. */
  readonly note?: (text: string) => void;
  /** What it shares with models of the same dataset that were computed before it. */
  readonly shared?: SharedWork;
  /** Ends the computation of a model between two of its steps. */
  readonly signal?: AbortSignal;
  /** Told how a long part of it stands. */
  readonly onProgress?: (progress: ComputeProgress) => void;
}

/**
 * Loads a model.
 *
 * @param plan What it is loaded from.
 * @param openCheckpoint Opens what its run has of it. Without it parameters are the initial ones, and what
 * is computed is computed.
 * @throws {DataError} The dataset lacks what the model needs, or the checkpoint is of something else.
 * @throws {GpuError} The device lacks memory, or reports an error.
 */
export async function loadModel(
  plan: ModelPlan,
  openCheckpoint?: () => Promise<TensorSource>,
): Promise<LoadedModel> {
  const { gpu, definition } = plan;
  // A damaged checkpoint is told before graphs are built.
  using checkpoint = await openCheckpoint?.();
  const memory = new Memory(gpu, { reuse: true });
  try {
    const loaded = isTrained(definition)
      ? await trainedModel(memory, plan, definition, checkpoint)
      : await computedModel(memory, plan, definition, checkpoint);
    loaded.scored.represent();
    return loaded;
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

async function trainedModel(
  memory: Memory,
  plan: ModelPlan,
  definition: TrainedDefinition,
  checkpoint?: TensorSource,
): Promise<LoadedModel> {
  const model = await definition.build(contextOf(memory, plan));
  const { parameters } = model;
  const scored = await scoredModel(memory, plan, model);
  if (checkpoint !== undefined) await restoreParameters(memory, parameters, checkpoint);
  return { scored, parameters };
}

async function computedModel(
  memory: Memory,
  plan: ModelPlan,
  definition: ComputedDefinition,
  checkpoint?: TensorSource,
): Promise<LoadedModel> {
  if (checkpoint !== undefined) requireKeptState(checkpoint);
  const { shared, signal, onProgress } = plan;
  const how = { shared, signal, onProgress, kept: checkpoint };
  const context = { ...contextOf(memory, plan), ...how };
  const model = await definition.compute(context);
  const { kept } = model;
  const scored = await scoredModel(memory, plan, model);
  if (checkpoint !== undefined && kept !== undefined) {
    await restoreTables(memory, kept, checkpoint);
  }
  return { scored, parameters: [], kept };
}

async function scoredModel(
  memory: Memory,
  { gpu, dataset, scoredDataset = dataset, note }: ModelPlan,
  model: Scorer,
): Promise<ScoredModel> {
  const untrained = await untrainedItems(gpu, scoredDataset, { known: dataset.items, note });
  const scored = new ScoredModel(memory, scoredDataset, model, untrained);
  await scored.compile();
  return scored;
}

function contextOf(memory: Memory, { dataset, definition, seed, cache, note, ...plan }: ModelPlan) {
  const settings = resolveSettings(definition.settings, plan.settings);
  return { memory, dataset, settings, seed, cache, note };
}

/**
 * What a run is to keep of a model: its parameters, or what took long to compute; nothing where there is
 * neither.
 *
 * @param loaded The model.
 * @param metadata What else the file says.
 */
export function checkpointOf(
  { scored: { memory }, parameters, kept }: LoadedModel,
  metadata: Readonly<Record<string, string>>,
): SafetensorsStream | undefined {
  if (parameters.length > 0) return parameterCheckpoint(memory, parameters, metadata);
  return kept && keptCheckpoint(memory, kept, metadata);
}
