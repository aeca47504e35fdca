/**
 * Gaussian noise on features, of a given strength, independent from modality to modality or not.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { hashOf, normalAt, streams } from "../../gpu/random.ts";

/** What noise is added. */
export interface Noise {
  /**
   * The signal-to-noise ratio of every column in decibels, `10·log₁₀(variance of the column/variance of the noise)`:
   * 0 where they are equally strong.
   */
  readonly snr: number;
  /**
   * How the noise of one modality correlates with that of another in the column of the same number, from 0, where
   * each has noise of its own, to 1, where all have the same.
   */
  readonly correlation: number;
}

/**
 * Adds noise. In column j of item i it is `√ρ·z_ij + √(1−ρ)·z_mij`, standard normal numbers of which the first
 * is the same in all modalities m, brought to mean 0 and to the variance that the ratio asks for over all items; so
 * the ratio is reached exactly, but for rounding. A column with one value throughout stays as it is.
 *
 * @param modalities The features, which stay as they are.
 * @param noise The ratio, and the correlation ρ.
 * @param seed What the noise follows from.
 * @example
 * ```ts
 * import { withNoise } from "./feature_noise.ts";
 * const values = new Float32Array([1, -1, 1, -1]);
 * const image = { name: "image", rows: 4, columns: 1, values };
 * const [noisy] = withNoise([image], { snr: 20, correlation: 0 }, 1);
 * noisy.values[0] !== 1; // true
 * ```
 */
export function withNoise(
  modalities: readonly Modality[],
  { snr, correlation }: Noise,
  seed: number,
): Modality[] {
  const [shared, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  return modalities.map((modality) => {
    const { name, rows, columns } = modality;
    const stream = (streams.featureNoise + hashOf(name)) >>> 0;
    const values = modality.values.slice();
    for (let column = 0; column < columns; column++) {
      const power = moments(rows, (row) => modality.values[row * columns + column]).variance;
      if (power === 0) continue;
      const noise = Float64Array.from({ length: rows }, (_, row) => {
        const index = column * rows + row;
        return (shared === 0 ? 0 : shared * normalAt(seed, streams.sharedNoise, index)) +
          (own === 0 ? 0 : own * normalAt(seed, stream, index));
      });
      const { mean, variance } = moments(rows, (row) => noise[row]);
      const scale = Math.sqrt(power / variance * 10 ** (-snr / 10));
      for (let row = 0; row < rows; row++) {
        values[row * columns + column] += scale * (noise[row] - mean);
      }
    }
    return { ...modality, values };
  });
}

/** Mean and variance of some numbers, of differences to the first, which are exactly 0 where all are the same. */
function moments(count: number, value: (n: number) => number): { mean: number; variance: number } {
  const first = value(0);
  let difference = 0;
  for (let n = 0; n < count; n++) difference += (value(n) - first) / count;
  const mean = first + difference;
  let variance = 0;
  for (let n = 0; n < count; n++) variance += (value(n) - first - difference) ** 2 / count;
  return { mean, variance };
}
