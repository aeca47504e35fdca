/**
 * What a study does to a dataset before a model is trained on it: in memory, and following from a seed alone.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { projected, quantised } from "./feature_loss.ts";
import { type Noise, withNoise } from "./feature_noise.ts";
import { chosenModalities, halved } from "./modality_choice.ts";

/** Changes of the features, in the order in which they are made; what is left out changes nothing. */
export interface Transformation {
  /** Modalities that are cut in two, one after the other. */
  readonly split?: readonly string[];
  /** Modalities that stay. */
  readonly modalities?: readonly string[];
  /** Noise that is added. */
  readonly noise?: Noise;
  /** The share of the columns that a random projection leaves. */
  readonly projection?: number;
  /** Bits of a value. */
  readonly bits?: number;
}

/**
 * A dataset with its features changed. Its interactions, ids and name stay; its content hashes are those of the
 * new features, so that nobody takes runs of both for runs of the same data.
 *
 * @param dataset The dataset, which stays as it is.
 * @param transformation What is changed.
 * @param seed What noise and projections follow from.
 * @throws {UsageError} There is no modality of a name, or it cannot be cut.
 */
export function transformed(
  dataset: Dataset,
  transformation: Transformation,
  seed: number,
): Dataset {
  const { split = [], modalities: names, noise, projection, bits } = transformation;
  let modalities = split.reduce<Dataset["modalities"]>(halved, dataset.modalities);
  if (names !== undefined) modalities = chosenModalities(modalities, names);
  if (noise !== undefined) modalities = withNoise(modalities, noise, seed);
  if (projection !== undefined) {
    modalities = modalities.map((modality) => projected(modality, projection, seed));
  }
  if (bits !== undefined) modalities = modalities.map((modality) => quantised(modality, bits));
  return { ...dataset, modalities };
}
