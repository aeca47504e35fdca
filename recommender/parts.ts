/**
 * What a recommender is made of.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { ModelDefinition } from "../models/define_model.ts";
import type { Configuration } from "../training/configuration.ts";
import type { TrainingResult } from "../training/training_result.ts";
import type { LoadedModel } from "./loaded_model.ts";

/** What a recommender is made of. */
export interface RecommenderParts {
  /** The dataset. */
  readonly dataset: Dataset;
  /** The same with items that came after training (default: there are none). */
  readonly scoredDataset?: Dataset;
  /** The model. */
  readonly definition: ModelDefinition;
  /** What it was trained with. */
  readonly configuration: Configuration;
  /** The device. */
  readonly gpu: Gpu;
  /** Whether the device is closed with the recommender. */
  readonly ownsGpu: boolean;
  /** The model on the device, or what loads it when it is first asked. */
  readonly model: LoadedModel | (() => Promise<LoadedModel>);
  /** What a training gave, if it is fresh from one. */
  readonly result?: TrainingResult;
  /** What was told of its preparation. */
  readonly notes?: readonly string[];
  /** Told what a user would want to know of a list. */
  readonly onNote?: (text: string) => void;
}
