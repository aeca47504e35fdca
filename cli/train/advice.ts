/**
 * What looks wrong with a training that finished, and what to try.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { largerLearningRate, smallerLearningRate } from "../../models/training_settings.ts";
import type { Settings, SettingSpecs, SettingValue } from "../../models/settings.ts";
import { leastFall, notLearning, notLearningText } from "../../training/not_learning.ts";
import { stopReasons } from "../../training/position.ts";
import { stoppingMetric, type TrainingResult } from "../../training/training_result.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";

/** Something that looks wrong. */
export interface Advice {
  /** What was found; no final period. */
  readonly found: string;
  /** Settings to train with anew. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
  /** The most epochs to resume the run with. */
  readonly epochs?: number;
}

/** Epochs after which a loss can be expected to have fallen. */
const fallingEpochs = 5;

/** Evaluations that tell whether the first was the best. */
const firstEvaluations = 4;

/**
 * Looks for signs of a training that did not learn, of a wrong learning rate, and of too few epochs.
 *
 * @param result What the training gave.
 * @param specs The settings that the model declares.
 * @param settings Those that it had.
 */
export function adviceOn(
  { lines, bestEpoch, epochs, stopReason }: Pick<
    TrainingResult,
    "lines" | "bestEpoch" | "epochs" | "stopReason"
  >,
  specs: SettingSpecs,
  settings: Settings,
): Advice[] {
  const learningRate = Number(settings.learning_rate);
  const usualRate = Number(specs.learning_rate.default);
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
  const problem = notLearning(lines, specs, settings);
  if (problem !== undefined) {
    return [{ found: notLearningText(problem), settings: problem.settings }];
  }
  const smaller = { learning_rate: smallerLearningRate(learningRate, usualRate) };
  if (losses.length >= fallingEpochs && first - lowest < leastFall * scale) {
    if (last - first > leastFall * scale) {
      return [{
        found: `The loss rose, from ${size(first)} to ${size(last)}: the learning rate ` +
          `(${learningRate}) may be too large`,
        settings: smaller,
      }];
    }
    return [{
      found: `The loss hardly fell, from ${size(first)} to ${size(lowest)}: the learning rate ` +
        `(${learningRate}) may be too small`,
      settings: { learning_rate: largerLearningRate(learningRate, usualRate) },
    }];
  }
  if (bestEpoch === 1 && lines.length >= firstEvaluations) {
    return [{
      found: "The best epoch is the first, and nothing after it helped: the learning rate " +
        `(${learningRate}) may be too large`,
      settings: smaller,
    }];
  }
  return [];
}
