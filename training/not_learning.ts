/**
 * Whether a training learns what it is for: its loss can fall while validation falls with it.
 *
 * @module
 */
import type { Settings, SettingSpecs, SettingValue } from "../models/settings.ts";
import { smallerLearningRate } from "../models/training_settings.ts";
import type { EpochLine } from "./epoch_line.ts";
import { stoppingMetric } from "./training_result.ts";

/** Epochs that tell whether a training learns. */
export const tellingEpochs = 5;

/** The smallest share that a loss, or a score, falls by which falls. */
export const leastFall = 0.01;

/** What tells that a training does not learn. */
export interface NotLearning {
  /** The validation score of the first epoch, and of the last that was looked at. */
  readonly scores: readonly [number, number];
  /** What the terms of the loss have in their names that fell alone, where it is not the first of them. */
  readonly terms?: string;
  /** Settings to train with anew. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/**
 * Looks whether validation fell from the first epoch on while the loss fell. Where the first term of the loss,
 * which ranks items, did not fall, the others were followed alone: the weight of those that fell most is to be 0.
 * Otherwise the learning rate is likely too large.
 *
 * @param lines What is known of the epochs, from the first on.
 * @param specs The settings that the model declares.
 * @param settings Their values.
 * @returns Nothing of a training that learns, or is too short to tell.
 */
export function notLearning(
  lines: readonly Pick<EpochLine, "loss" | "terms" | "validation">[],
  specs: SettingSpecs,
  settings: Settings,
): NotLearning | undefined {
  if (lines.length < tellingEpochs) return undefined;
  const told = lines.slice(0, tellingEpochs);
  const [first, last] = [told[0], told[tellingEpochs - 1]];
  const all = lines.map(({ validation }) => validation[stoppingMetric]);
  const scores = [all[0], all[tellingEpochs - 1]] as const;
  const fell = (from: number, to: number) => from - to > leastFall * Math.abs(from);
  // A later epoch that is better than the first says that it does.
  if (Math.max(...all) > scores[0] || !fell(...scores) || last.loss >= first.loss) return undefined;
  const [ranking, ...others] = Object.keys(first.terms);
  if (ranking !== undefined && !fell(first.terms[ranking], last.terms[ranking])) {
    const falls = others.map((name) => ({ name, by: first.terms[name] - last.terms[name] }))
      .sort((a, b) => b.by - a.by);
    const key = Object.keys(specs).find((key) => {
      const { weighs } = specs[key];
      return weighs !== undefined && falls[0]?.name.includes(weighs);
    });
    if (key !== undefined) return { scores, terms: specs[key].weighs, settings: { [key]: 0 } };
  }
  const rate = smallerLearningRate(
    Number(settings.learning_rate),
    Number(specs.learning_rate.default),
  );
  return { scores, settings: { learning_rate: rate } };
}

/**
 * The same, after the epoch that tells: nothing after any other, so that it is told once.
 *
 * @param lines What is known of the epochs, from the first on.
 * @param specs The settings that the model declares.
 * @param settings Their values.
 */
export function notLearningNow(
  lines: readonly EpochLine[],
  specs: SettingSpecs,
  settings: Settings,
): NotLearning | undefined {
  return lines.length === tellingEpochs ? notLearning(lines, specs, settings) : undefined;
}

/**
 * What it says to a user; no final period.
 *
 * @param found What tells that the training does not learn.
 */
export function notLearningText({ scores: [first, last], terms }: NotLearning): string {
  const why = terms !== undefined
    ? `only its ${terms} terms did`
    : `the learning rate may be too large`;
  return `Not learning in the first ${tellingEpochs} epochs: validation Recall@20 fell from ` +
    `${first.toFixed(4)} to ${last.toFixed(4)} while the loss fell too; ${why}`;
}
