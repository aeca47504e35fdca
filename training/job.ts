/**
 * What a training is asked for.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { TrainedDefinition } from "../models/define_model.ts";
import type { Settings } from "../models/settings.ts";
import type { trainingSettings } from "../models/training_settings.ts";

/** What is trained. */
export interface TrainingJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
  /** The model. */
  readonly definition: TrainedDefinition;
  /** All its settings. */
  readonly settings: Settings<typeof trainingSettings>;
  /** What all random numbers follow from. */
  readonly seed: number;
  /** Epochs at most. */
  readonly epochs: number;
  /** How many users validation ranks, drawn by the seed (default: all). */
  readonly evalUsers?: number;
  /** Where item graphs are kept between runs. */
  readonly cache?: GraphCache;
  /** Told what a user would want to know of the preparation. */
  readonly note?: (text: string) => void;
  /** Ends the preparation between two of its steps; nothing is saved then. */
  readonly signal?: AbortSignal;
}
