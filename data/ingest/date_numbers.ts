/**
 * Dates that are written as numbers of eight digits, such as 20240131: the basic format of ISO 8601. As seconds they
 * would be of 1970, where no clock of a shop has been.
 *
 * @module
 */
import { counted } from "../counts.ts";
import { startOfDay } from "./calendar_day.ts";

/** The years of such dates. */
const [firstYear, lastYear] = [1980, 2102];

/**
 * The date that eight digits are.
 *
 * @param value The number.
 * @returns Seconds since 1970; `undefined` where it is no date from 1980 to 2102.
 * @example
 * ```ts
 * import { secondsOfDigits } from "./date_numbers.ts";
 * secondsOfDigits(20240131); // 1706659200
 * secondsOfDigits(20240231); // undefined
 * ```
 */
export function secondsOfDigits(value: number): number | undefined {
  const year = Math.floor(value / 10_000);
  if (!Number.isInteger(value) || !(year >= firstYear && year <= lastYear)) return undefined;
  const start = startOfDay(year, Math.floor(value / 100) % 100, value % 100);
  return Number.isNaN(start) ? undefined : start / 1000;
}

/**
 * Makes seconds since 1970 of a column of such dates.
 *
 * @param values The numbers, `Infinity` where there is none; written to where all of them are dates.
 * @returns Whether all of them are, and what is to be said of it.
 * @example
 * ```ts
 * import { resolveDateNumbers } from "./date_numbers.ts";
 * const times = new Float64Array([20240131, 20240201]);
 * resolveDateNumbers(times).areDates; // true
 * times; // [1706659200, 1706745600]
 * ```
 */
export function resolveDateNumbers(
  values: Float64Array,
): { readonly areDates: boolean; readonly remarks: readonly string[] } {
  let [dates, others, example, other] = [0, 0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (secondsOfDigits(value) === undefined) {
      if (others++ === 0) other = value;
    } else if (dates++ === 0) example = value;
  }
  if (dates <= others) return { areDates: false, remarks: [] };
  const date = new Date(1000 * secondsOfDigits(example)!).toISOString().slice(0, 10);
  if (others > 0) {
    return {
      areDates: false,
      remarks: [
        `Times such as ${example} are read as seconds since 1970, and not as dates (${date}): ${
          counted(others, "row")
        } cannot be read as one, such as ${other}. Correct it if they are dates`,
      ],
    };
  }
  for (let n = 0; n < values.length; n++) values[n] = secondsOfDigits(values[n]) ?? values[n];
  return {
    areDates: true,
    remarks: [
      `Times such as ${example} are read as dates (${date}), and not as seconds since 1970`,
    ],
  };
}
