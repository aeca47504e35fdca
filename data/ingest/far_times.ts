/**
 * Times that are far from all others, as those are that stand for none: 0, −1, 9999-12-31.
 *
 * @module
 */
import { counted } from "../counts.ts";
import { dayText } from "./date_text.ts";

/** Seconds since 1970 of the years in which interactions of computers are: 1979 to 2103. */
const [earliest, latest] = [3e8, 4.2e9];

/**
 * What is to be said of times that a clock has hardly told.
 *
 * @param seconds Seconds since 1970; those that are not finite do not count.
 * @param isEpoch Whether they are written as numbers.
 * @returns A sentence, or none.
 * @example
 * ```ts
 * import { farTimes } from "./far_times.ts";
 * farTimes(new Float64Array([1.5e9, 1.6e9, 0]), true).length; // 1
 * ```
 */
export function farTimes(seconds: Float64Array, isEpoch: boolean): string[] {
  let [far, near, example] = [0, 0, 0];
  for (const time of seconds) {
    if (!Number.isFinite(time)) continue;
    if (time >= earliest && time < latest) near++;
    else if (far++ === 0) example = time;
  }
  if (far === 0) return [];
  const rows = `${counted(far, "row")} with times`;
  const date = dayText(example);
  if (far <= near) {
    return [
      `${rows} before 1979 or after 2103, such as ${date}: kept in that order. If they are not ` +
      "times, remove these rows",
    ];
  }
  // What is written as a date means it.
  if (!isEpoch) return [];
  return [`${rows} outside of 1979 to 2103 in any unit, such as ${date}: only their order counts`];
}
