/**
 * From when to when interactions are.
 *
 * @module
 */
import { isDate } from "./ingest/epoch_times.ts";
import { readRowTimes, type RowTimes } from "./row_times.ts";

/** The first and the last of some times. */
export interface TimeRange {
  /** The first, in seconds since 1970. */
  readonly first: number;
  /** The last. */
  readonly last: number;
  /** Whether they are of 1979 to 2103; numbers that only put rows in order are not. */
  readonly areDates: boolean;
  /** Rows that have no time. */
  readonly without: number;
}

/**
 * Reads the times of an `.inter` file: of the column that has one of the common names.
 *
 * @param path The file.
 * @returns Nothing where there is no such column, or no row has a time.
 * @throws {DataError} The file cannot be read.
 * @example
 * ```ts
 * import { readTimeRange } from "./time_range.ts";
 * const path = `${await Deno.makeTempDir()}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\ttimestamp\tx_label\n0\t3\t1400000000\t0\n");
 * (await readTimeRange(path))?.first; // 1400000000
 * ```
 */
export async function readTimeRange(path: string): Promise<TimeRange | undefined> {
  const times = await readRowTimes(path);
  return times && timeRange(times);
}

/**
 * The range of times that have been read.
 *
 * @param times The times of the rows.
 * @returns Nothing where no row has one.
 * @example
 * ```ts
 * import { timeRange } from "./time_range.ts";
 * const none = new Float64Array();
 * timeRange({ train: Float64Array.of(3, Infinity), valid: none, test: none })?.without; // 1
 * ```
 */
export function timeRange({ train, valid, test }: RowTimes): TimeRange | undefined {
  let [first, last, without] = [Infinity, -Infinity, 0];
  for (const seconds of [train, valid, test]) {
    for (const time of seconds) {
      if (!Number.isFinite(time)) without++;
      else [first, last] = [Math.min(first, time), Math.max(last, time)];
    }
  }
  if (first === Infinity) return undefined;
  return { first, last, areDates: isDate(first) && isDate(last), without };
}
