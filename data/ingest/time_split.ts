/**
 * The split of interactions at two points in time, the same for all users, with a gap before the first.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { counted, grouped } from "../counts.ts";
import { dateText } from "./date_text.ts";
import { wholeRows } from "./whole_rows.ts";
import { gapLabel } from "./user_rows.ts";

/** Points in time, in seconds since 1970. */
export interface TimePoints {
  /** From here on rows are validation. */
  readonly validFrom: number;
  /** From here on rows are test. */
  readonly testFrom: number;
}

/** Where to divide time. */
export interface TimeSplit {
  /** The points, or the shares of train, validation and test that they follow from. */
  readonly at: TimePoints | readonly [train: number, valid: number, test: number];
  /** Rows so many seconds before the first point are left out. */
  readonly gap: number;
}

/** Rows divided. */
export interface DividedRows {
  /** The label of each row: 0 train, 1 validation, 2 test, or {@linkcode gapLabel}. */
  readonly labels: Uint8Array;
  /** Where. */
  readonly points: TimePoints;
}

/**
 * Divides rows by their time. What is at a point comes after it, so rows with the same time stay together.
 *
 * The gap keeps apart what belongs together: a visit that began before the point and went on after it would
 * be half known (de Prado, Advances in Financial Machine Learning, 2018, §7.4.1 purges likewise).
 *
 * @param times Seconds since 1970 of each row.
 * @param split Where.
 * @throws {DataError} No row is left for train or test, or none for validation between given points.
 * @example
 * ```ts
 * import { divideByTime } from "./time_split.ts";
 * const times = new Float64Array([10, 27, 30, 40]);
 * divideByTime(times, { at: { validFrom: 30, testFrom: 40 }, gap: 5 }).labels; // [0, 3, 1, 2]
 * ```
 */
export function divideByTime(times: Float64Array, { at, gap }: TimeSplit): DividedRows {
  const areGiven = "validFrom" in at;
  const points = areGiven ? at : pointsOf(times, at);
  const trainUntil = Math.min(points.validFrom, points.testFrom) - gap;
  const labels = Uint8Array.from(times, (time) => {
    if (time < trainUntil) return 0;
    if (time >= points.testFrom) return 2;
    return time >= points.validFrom ? 1 : gapLabel;
  });
  const counts = [0, 0, 0, 0];
  for (const label of labels) counts[label]++;
  const isWanted = areGiven ? [true, true, true] : at.map((share, n) => n !== 1 && share > 0);
  if (isWanted.every((wanted, label) => !wanted || counts[label] > 0)) return { labels, points };
  const [first, last] = times.reduce(
    ([least, most], time) => [Math.min(least, time), Math.max(most, time)],
    [Infinity, -Infinity],
  );
  const { validFrom, testFrom } = points;
  throw new DataError(
    `Cannot split by time: found ${counted(counts[0], "row")} before ${
      dateText(trainUntil)
    } for train, ` +
      `${grouped(counts[1])} from ${dateText(validFrom)} on for validation and ${
        grouped(counts[2])
      } from ` +
      `${dateText(testFrom)} on for test; rows are of ${dateText(first)} to ${dateText(last)}`,
    areGiven || gap > 0
      ? ({ setting }) =>
        "Choose points between these two" +
        (gap > 0 ? `, or a smaller ${setting("gap")}` : "")
      : ({ setting }) =>
        "Rows with the same time stay together: use other " +
        `${setting("ratios")}, or ${setting("split", "random")}`,
  );
}

function pointsOf(times: Float64Array, [train, valid, test]: readonly number[]): TimePoints {
  const sorted = times.slice().sort();
  const timeAt = (share: number) => sorted[wholeRows(share * sorted.length)] ?? Infinity;
  return { validFrom: timeAt(train), testFrom: test > 0 ? timeAt(train + valid) : Infinity };
}
