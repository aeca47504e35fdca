/**
 * How rows are spread over users, over items and over time.
 *
 * @module
 */
import type { Split } from "../../data/dataset.ts";
import type { RowTimes } from "../../data/row_times.ts";
import { timeRange } from "../../data/time_range.ts";

/** A class of counts, and how many have one in it. */
export interface DegreeBin {
  /** The smallest count. */
  readonly from: number;
  /** The greatest one. */
  readonly to: number;
  /** How many users or items. */
  readonly count: number;
}

/** Rows by time. */
export interface TimeBins {
  /** The ends of the intervals, in seconds since 1970, one more than there are intervals. */
  readonly ends: readonly number[];
  /** Rows of each split in each interval. */
  readonly rows: Readonly<Record<Split, readonly number[]>>;
  /** Whether times are dates, and not a mere order. */
  readonly areDates: boolean;
}

/** Intervals of time. */
const intervals = 40;

/**
 * Counts by powers of two: 0, 1, 2 to 3, 4 to 7, and so on to the greatest.
 *
 * @param degrees The rows of each user or item.
 * @example
 * ```ts
 * import { degreeBins } from "./distributions.ts";
 * degreeBins(Uint32Array.of(1, 2, 3)).map(({ count }) => count); // [1, 2]
 * ```
 */
export function degreeBins(degrees: Uint32Array): DegreeBin[] {
  const counts: number[] = [];
  for (const degree of degrees) {
    // 0 is in bin 0, and 2^(b−1) to 2^b − 1 in bin b.
    const bin = 32 - Math.clz32(degree);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bins = Array.from(counts, (count = 0, bin) => ({
    from: bin === 0 ? 0 : 2 ** (bin - 1),
    to: bin === 0 ? 0 : 2 ** bin - 1,
    count,
  }));
  const first = bins.findIndex(({ count }) => count > 0);
  return bins.slice(Math.max(0, first));
}

/**
 * Rows of each split in intervals of the same length, from the first time to the last.
 *
 * @param times The times of the rows; rows without one are in no interval.
 * @returns Nothing where no row has a time, or all have the same.
 * @example
 * ```ts
 * import { timeBins } from "./distributions.ts";
 * const [train, valid, test] = [Float64Array.of(0, 1), Float64Array.of(39), Float64Array.of(40)];
 * timeBins({ train, valid, test })?.rows.test.at(-1); // 1
 * ```
 */
export function timeBins(times: RowTimes): TimeBins | undefined {
  const range = timeRange(times);
  if (range === undefined || range.first === range.last) return undefined;
  const { first, last, areDates } = range;
  const width = (last - first) / intervals;
  const rowsOf = (seconds: Float64Array) => {
    const counts = new Array<number>(intervals).fill(0);
    for (const time of seconds) {
      if (!Number.isFinite(time)) continue;
      counts[Math.min(intervals - 1, Math.floor((time - first) / width))]++;
    }
    return counts;
  };
  return {
    ends: Array.from(
      { length: intervals + 1 },
      (_, n) => n === intervals ? last : first + n * width,
    ),
    rows: { train: rowsOf(times.train), valid: rowsOf(times.valid), test: rowsOf(times.test) },
    areDates,
  };
}
