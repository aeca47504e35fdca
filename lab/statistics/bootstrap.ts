/**
 * Bootstrap intervals of means (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, §13.3).
 *
 * @module
 */

/** A lower and an upper end. */
export type Interval = readonly [lower: number, upper: number];

/**
 * The means of resamples: as many rows as there are, drawn with replacement, the same ones for all columns.
 *
 * @param columns Columns of one length, at least one row.
 * @param resamples How many.
 * @param draw Gives the row of each draw, an index.
 * @returns The means of each column.
 * @example
 * ```ts
 * import { resampledMeans } from "./bootstrap.ts";
 * resampledMeans([Float64Array.of(1, 3)], 1, () => 1); // one column with a mean of 3
 * ```
 */
export function resampledMeans(
  columns: readonly Float64Array[],
  resamples: number,
  draw: () => number,
): Float64Array[] {
  const width = columns.length;
  const [{ length }] = columns;
  // What a draw reads lies together.
  const rows = new Float64Array(length * width);
  columns.forEach((column, c) => column.forEach((value, row) => rows[row * width + c] = value));
  const means = columns.map(() => new Float64Array(resamples));
  const sums = new Float64Array(width);
  for (let n = 0; n < resamples; n++) {
    sums.fill(0);
    for (let draws = 0; draws < length; draws++) {
      const first = draw() * width;
      for (let c = 0; c < width; c++) sums[c] += rows[first + c];
    }
    for (let c = 0; c < width; c++) means[c][n] = sums[c] / length;
  }
  return means;
}

/**
 * The interval between two percentiles of resampled means, as many of them outside on either side.
 *
 * @param means Means of resamples.
 * @param level The share of them inside.
 * @example
 * ```ts
 * import { percentileInterval } from "./bootstrap.ts";
 * percentileInterval(Float64Array.of(0, 1, 2, 3, 4), 0.5); // [1, 3]
 * ```
 */
export function percentileInterval(means: Float64Array, level: number): Interval {
  const sorted = means.toSorted();
  const outside = (1 - level) / 2;
  return [percentile(sorted, outside), percentile(sorted, 1 - outside)];
}

/** Between the two nearest values, as NumPy's `percentile` has it by default (Hyndman and Fan's seventh). */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
