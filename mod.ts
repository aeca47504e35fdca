/**
 * Bandpass trains multimodal recommenders on any GPU that WebGPU reaches, and recommends with them.
 *
 * @example Train on the built-in sample, recommend, and keep the run
 * ```ts
 * import { readDataset, train } from "@bandpass/bandpass";
 * const folder = await Deno.makeTempDir();
 * const dataset = await readDataset(`${folder}/sample`);
 * await using model = await train(dataset, "lightgcn", { epochs: 2, seed: 1 });
 * console.log(model.test["recall@20"]);
 * console.log(await model.recommend([7, 14], { topK: 10 }));
 * console.log(await model.similarItems(3, { topK: 5 }));
 * await model.save(`${folder}/first`);
 * ```
 *
 * More by sub-path: `/gpu`, `/shaders`, `/graph`, `/models`, `/data`, `/explain` and `/verification`.
 *
 * @module
 */
export type { Dataset, Interactions, Modality, Split } from "./data/dataset.ts";
export { readDataset } from "./data/folder.ts";
export type { Identifiers } from "./data/identifiers.ts";
export {
  BandpassError,
  DataError,
  DivergedError,
  exitCodes,
  GpuError,
  InterruptedError,
  type Message,
  UsageError,
  type Wording,
} from "./errors.ts";
export type { Metrics } from "./evaluation/metrics.ts";
export type { Mask } from "./evaluation/ranking.ts";
export { type AdapterChoice, openGpu } from "./gpu/device.ts";
export type { Gpu } from "./gpu/gpu.ts";
export { defineModel, type ModelDefinition } from "./models/define_model.ts";
export type { Model, ModelContext } from "./models/model.ts";
export type {
  DeviceOptions,
  EmbeddingRows,
  Embeddings,
  Id,
  OpenOptions,
  RecommendationList,
  Recommended,
  RecommendOptions,
} from "./recommender/options.ts";
export { Recommender } from "./recommender/recommender.ts";
export { train, type TrainOptions } from "./recommender/train.ts";
export type { StoppingState } from "./training/position.ts";
export type { EpochLine } from "./training/epoch_line.ts";
export type { EpochProgress, TrainingResult, TriedSettings } from "./training/training_result.ts";
