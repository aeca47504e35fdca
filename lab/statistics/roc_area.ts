/**
 * The area under the ROC curve of scores of two kinds.
 *
 * @module
 */
import { moments } from "./moments.ts";

/** An area, and how far chance may have moved it. */
export interface RocArea {
  /** The chance that a positive scores above a negative, ties counted as half; NaN where there are none of a kind. */
  readonly area: number;
  /** Its standard error; NaN where there are fewer than two of a kind. */
  readonly error: number;
}

/**
 * The area by ranks (Mann and Whitney, 1947), its error by the placements of each score among those of the other
 * kind (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988; by ranks as Sun and Xu, IEEE Signal Processing
 * Letters 21, 2014).
 *
 * @param positives The scores of what should score high.
 * @param negatives The scores of the others.
 * @example
 * ```ts
 * import { rocArea } from "./roc_area.ts";
 * rocArea([2, 3], [1, 2]).area; // 0.875: three of four pairs, and a tie
 * ```
 */
export function rocArea(positives: ArrayLike<number>, negatives: ArrayLike<number>): RocArea {
  const [above, below] = [placements(positives, negatives), placements(negatives, positives)];
  const [positive, negative] = [moments(above), moments(below)];
  return {
    area: positive.mean,
    error: Math.hypot(
      positive.deviation / Math.sqrt(above.length),
      negative.deviation / Math.sqrt(below.length),
    ),
  };
}

/**
 * An area with its standard error, for people to read.
 *
 * @param area The area.
 * @example
 * ```ts
 * import { areaText } from "./roc_area.ts";
 * areaText({ area: 0.51234, error: 0.003 }); // "0.512 ± 0.003"
 * ```
 */
export function areaText({ area, error }: RocArea): string {
  return `${area.toFixed(3)} ± ${error.toFixed(3)}`;
}

/** For each score the share of the others that lie below it, ties counted as half. */
function placements(scores: ArrayLike<number>, others: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(others).sort();
  const count = (holds: (other: number) => boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(sorted[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return Float64Array.from(scores, (score) => {
    const [below, notAbove] = [count((other) => other < score), count((other) => other <= score)];
    return (below + notAbove) / (2 * sorted.length);
  });
}
