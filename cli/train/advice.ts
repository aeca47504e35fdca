/**
 * What looks wrong with a training that finished, and what to try.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { largerLearningRate, smallerLearningRate } from "../../models/training_settings.ts";
import { stopReasons } from "../../training/position.ts";
import { stoppingMetric, type TrainingResult } from "../../training/training_result.ts";
import { metricLabel } from "../common/metric_label.ts";

/** Something that looks wrong. */
export interface Advice {
  /** What was found; no final period. */
  readonly found: string;
  /** A learning rate to train with anew. */
  readonly learningRate?: number;
  /** The most epochs to resume the run with. */
  readonly epochs?: number;
}

/** The smallest share that a loss falls by which falls. */
const leastFall = 0.01;

/** Epochs after which a loss can be expected to have fallen. */
const fallingEpochs = 5;

/** Evaluations that tell whether validation fell from the start. */
const firstEvaluations = 4;

/**
 * Looks for signs of a wrong learning rate, and of too few epochs.
 *
 * @param result What the training gave.
 * @param learningRate The learning rate that it had.
 * @param usualRate The model's default.
 */
export function adviceOn(
  { lines, bestEpoch, epochs, stopReason }: Pick<
    TrainingResult,
    "lines" | "bestEpoch" | "epochs" | "stopReason"
  >,
  learningRate: number,
  usualRate: number,
): Advice[] {
  const losses = lines.map(({ loss }) => loss);
  const [first, last, lowest] = [losses[0], losses.at(-1)!, Math.min(...losses)];
  const scale = Math.abs(first);
  const size = (loss: number) => loss.toPrecision(4);
  const metric = metricLabel(stoppingMetric);
  if (stopReason === stopReasons.maximumEpochs && bestEpoch === epochs && epochs > 1) {
    return [{
      found: `Validation ${metric} was still improving after ${counted(epochs, "epoch")}`,
      epochs: 2 * epochs,
    }];
  }
  const smaller = smallerLearningRate(learningRate, usualRate);
  if (losses.length >= fallingEpochs && first - lowest < leastFall * scale) {
    if (last - first > leastFall * scale) {
      return [{
        found: `The loss rose, from ${size(first)} to ${size(last)}: the learning rate ` +
          `(${learningRate}) may be too large`,
        learningRate: smaller,
      }];
    }
    return [{
      found: `The loss hardly fell, from ${size(first)} to ${size(lowest)}: the learning rate ` +
        `(${learningRate}) may be too small`,
      learningRate: largerLearningRate(learningRate, usualRate),
    }];
  }
  if (bestEpoch === 1 && lines.length >= firstEvaluations) {
    const scores = lines.slice(0, firstEvaluations).map(({ validation }) =>
      validation[stoppingMetric]
    );
    const isFalling = scores.every((score, n) => n === 0 || score < scores[n - 1]);
    return [{
      found: isFalling
        ? `Validation ${metric} fell from the start: the learning rate (${learningRate}) may be ` +
          "too large"
        : `The best epoch is the first, and nothing after it helped: the learning rate ` +
          `(${learningRate}) may be too large`,
      learningRate: smaller,
    }];
  }
  return [];
}
