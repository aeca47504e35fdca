/**
 * A model that is built, has its parameters, and has computed what it scores by.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { TensorSource } from "../data/safetensors.ts";
import { ScoredModel } from "../evaluation/scored_model.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import { isTrained, type ModelDefinition } from "../models/define_model.ts";
import { resolveSettings, type SettingValue } from "../models/settings.ts";
import { restoreParameters } from "../training/checkpoint.ts";

/** A model on a device, ready to score. */
export interface LoadedModel {
  /** What ranks and recommends. */
  readonly scored: ScoredModel;
  /** Its parameters; none for a model without training. */
  readonly parameters: readonly Tensor[];
}

/** What a model is loaded from. */
export interface ModelPlan {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
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
}

/**
 * Loads a model.
 *
 * @param plan What it is loaded from.
 * @param openParameters Opens a checkpoint of its parameters; without it they are the initial ones.
 * @throws {DataError} The dataset lacks what the model needs, or the checkpoint is of something else.
 * @throws {GpuError} The device lacks memory, or reports an error.
 */
export async function loadModel(
  plan: ModelPlan,
  openParameters?: () => Promise<TensorSource>,
): Promise<LoadedModel> {
  const { gpu, dataset, definition, seed, cache, note } = plan;
  // A damaged checkpoint is told before graphs are built.
  using checkpoint = await openParameters?.();
  const settings = resolveSettings(definition.settings, plan.settings);
  const memory = new Memory(gpu, { reuse: true });
  try {
    const context = { memory, dataset, settings, seed, cache, note };
    const [model, parameters] = isTrained(definition)
      ? await trainedModel(definition.build(context))
      : [await definition.compute(context), []];
    const scored = new ScoredModel(memory, dataset, model);
    await scored.compile();
    if (checkpoint !== undefined) await restoreParameters(memory, parameters, checkpoint);
    scored.represent();
    return { scored, parameters };
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

async function trainedModel(
  built: ReturnType<Extract<ModelDefinition, { build: unknown }>["build"]>,
) {
  const model = await built;
  return [model, model.parameters] as const;
}
