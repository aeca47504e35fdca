/**
 * The settings that every trained model has (methods.md, §1).
 *
 * @module
 */
import type { SettingSpecs } from "./settings.ts";

/** Optimiser, batches and early stopping. */
export const trainingSettings = {
  learning_rate: {
    type: "number",
    default: 1e-3,
    minimum: 0,
    tuned: { from: 1e-4, to: 1e-2, scale: "log" },
    description: "Adam's learning rate",
  },
  learning_rate_decay: {
    type: "number",
    default: 1,
    minimum: 0,
    maximum: 1,
    description:
      "Factor on the learning rate over every learning_rate_decay_epochs epochs; 1 for none",
  },
  learning_rate_decay_epochs: {
    type: "number",
    default: 50,
    minimum: 1,
    description: "Epochs over which learning_rate_decay applies once",
  },
  weight_decay: {
    type: "number",
    default: 0,
    minimum: 0,
    description: "Adam's weight decay, added to the gradient",
  },
  batch: {
    type: "integer",
    default: 2048,
    minimum: 1,
    maximum: 32768,
    description: "Batch size: training interactions per step",
  },
  patience: {
    type: "integer",
    default: 20,
    minimum: 0,
    description:
      "Stop after more than this many epochs without improvement in validation recall@20",
  },
} as const satisfies SettingSpecs;

/**
 * Batches of models whose losses go row by row, for datasets of many millions of rows: each step goes through the
 * whole graph, however few rows it trains. Losses between all rows of a batch keep to the smaller maximum.
 */
export const rowWiseBatch = { ...trainingSettings.batch, maximum: 1_048_576 } as const;

/**
 * A learning rate to try where one was too large: a tenth of it, or the usual one where that is still
 * smaller.
 *
 * @param rate The learning rate that was too large.
 * @param usual The model's default.
 * @example
 * ```ts
 * import { smallerLearningRate } from "./training_settings.ts";
 * smallerLearningRate(0.003, 0.001); // 0.0003
 * smallerLearningRate(5, 0.001); // 0.001
 * ```
 */
export function smallerLearningRate(rate: number, usual: number): number {
  return rate > 10 * usual ? usual : roundedRate(rate / 10);
}

/**
 * A learning rate to try where one was too small: ten times it.
 *
 * @param rate The learning rate that was too small.
 * @param usual The model's default, for a rate of zero.
 */
export function largerLearningRate(rate: number, usual: number): number {
  return rate === 0 ? usual : roundedRate(rate * 10);
}

/** As somebody would type it: a tenth of 0.003 is no 0.00030000000000000003. */
function roundedRate(rate: number): number {
  return Number(rate.toPrecision(6));
}

/** The width of embeddings, which most models have. */
export const dimension = {
  type: "integer",
  default: 64,
  minimum: 4,
  maximum: 1024,
  multipleOf: 4,
  description: "Embedding size",
} as const;
