/**
 * What a search for EASE's settings tries: an inversion takes long, and other weights of features little of it.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { UsageError } from "../../errors.ts";
import { perModality } from "../backbone/feature_tables.ts";
import type { SomeSettings } from "../search.ts";

/** Values of λ, the default among them: validation is flat about the best, and each takes an inversion. */
const ridges = [2, 10, 50, 200, 1000, 5000, 20_000];
/** Weights of a modality. */
const modalityWeights = [0, 3, 10, 30, 60, 100];
/** The weight of all modalities that is tried beside none while λ is searched for. */
const firstWeight = "30";

/** The settings that are searched for. */
export interface Searched {
  /** λ. */
  readonly ridge: number;
  /** The weights of features. */
  readonly weights: string;
}

/** What to try beside the best that was found. */
export type EaseStage = (best: Searched) => readonly SomeSettings[];

/**
 * The weight of each modality.
 *
 * @param setting The setting `weights`.
 * @param names The modalities; one that is not named weighs nothing.
 * @throws {UsageError} It is malformed, weighs features that the dataset has not, or names a modality that there is not.
 */
export function weightsOf(setting: string, names: readonly string[]): ReadonlyMap<string, number> {
  const isWeight = (value: number) => value >= 0 && value <= 1e6;
  if (names.length === 0 && Number(setting) !== 0) {
    throw new UsageError(
      `Cannot set "weights" to "${setting}": the dataset has no features`,
      "Leave it out, or put a <modality>_feat.npy beside the .inter file",
    );
  }
  return perModality("weights", setting, names, 0, "a number from 0 to 1000000", isWeight);
}

/** The setting `weights`, the same text for the same weights. */
function weightsText(weights: ReadonlyMap<string, number>): string {
  const [first, ...others] = weights.values();
  if (others.every((weight) => weight === first)) return String(first);
  return [...weights].map(([name, weight]) => `${name}=${weight}`).join();
}

/**
 * Steps upwards from the best value while that is better, and downwards where no step upwards was: what was tried
 * is not tried again.
 */
function climb(
  values: readonly number[],
  valueOf: (best: Searched) => number,
  trying: (value: number, best: Searched) => readonly SomeSettings[],
): EaseStage[] {
  const step = (next: (value: number) => number | undefined): EaseStage => (best) => {
    const value = next(valueOf(best));
    return value === undefined ? [] : trying(value, best);
  };
  const up = step((from) => values.find((value) => value > from));
  const down = step((from) => values.findLast((value) => value < from));
  return [...values.map(() => up), ...values.map(() => down)];
}

/**
 * λ is climbed along the values above, each time without features and with all of them at one weight. Then the weight
 * of each modality is, beside those of the others, twice over.
 *
 * @param dataset Whose modalities there are.
 */
export function searchStages(
  { modalities }: Pick<Dataset, "modalities">,
): EaseStage[] {
  const names = modalities.map(({ name }) => name);
  const common = names.length === 0 ? ["0"] : ["0", firstWeight];
  const at = (ridge: number) => common.map((weights) => ({ ridge, weights }));
  const ofRidge = climb(ridges, ({ ridge }) => ridge, at);
  const ofModalities = names.flatMap((name) =>
    climb(
      modalityWeights,
      ({ weights }) => weightsOf(weights, names).get(name)!,
      (weight, { weights }) => [{
        weights: weightsText(new Map([...weightsOf(weights, names), [name, weight]])),
      }],
    )
  );
  return [({ ridge }: Searched) => at(ridge), ...ofRidge, ...ofModalities, ...ofModalities];
}
