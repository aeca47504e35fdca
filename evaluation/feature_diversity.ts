/**
 * How different the items of a list are by their features (methods.md, §6).
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import { featureRow, joinedFeatures } from "./joined_features.ts";

/** The diversity of lists, one after the other. */
export class FeatureDiversity {
  readonly #features: Modality;
  /** What makes each row one of length 1; 0 for an item without features. */
  readonly #scale: Float64Array;
  readonly #sum: Float64Array;

  /**
   * Prepares the features, as many numbers as the dataset has.
   *
   * @param modalities The modalities of the dataset, at least one.
   */
  constructor(modalities: readonly Modality[]) {
    const features = this.#features = joinedFeatures(modalities);
    this.#sum = new Float64Array(features.columns);
    this.#scale = Float64Array.from({ length: features.rows }, (_, item) => {
      const squares = featureRow(features, item).reduce((sum, value) => sum + value * value, 0);
      return squares > 0 ? 1 / Math.sqrt(squares) : 0;
    });
  }

  /**
   * The mean of `1 − cos` over all pairs of items with features, at the beginning of a list.
   *
   * Of n rows x of length 1 the cosines of all pairs add up to `(‖Σx‖² − n)/2`, so that a list takes as long as it
   * has numbers, and not as its pairs.
   *
   * @param items The list, best first.
   * @param cutoffs How many items of it, ascending.
   * @returns A value a cutoff; NaN where there are fewer than two such items.
   */
  of(items: Uint32Array, cutoffs: readonly number[]): number[] {
    const sum = this.#sum.fill(0);
    let n = 0;
    let place = 0;
    return cutoffs.map((cutoff) => {
      for (; place < Math.min(cutoff, items.length); place++) {
        const scale = this.#scale[items[place]];
        if (scale === 0) continue;
        n++;
        const row = featureRow(this.#features, items[place]);
        for (let c = 0; c < row.length; c++) sum[c] += row[c] * scale;
      }
      if (n < 2) return NaN;
      const squares = sum.reduce((total, value) => total + value * value, 0);
      return 1 - (squares - n) / (n * (n - 1));
    });
  }
}
