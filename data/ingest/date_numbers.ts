/**
 * Dates that are written as numbers of eight digits, such as 20240131, and times of twelve or fourteen: the basic format
 * of ISO 8601. As epochs they would be of 1970, 1976 or the 27th century, where no clock of a shop has been.
 *
 * @module
 */
import { counted } from "../counts.ts";
import { startOfDay } from "./calendar_day.ts";

/** The years of such dates. */
const [firstYear, lastYear] = [1980, 2102];

/** How they are written, by what a day is worth in them. */
const kinds: Readonly<Record<number, string>> = {
  1: "dates of eight digits",
  1e4: "times of twelve digits",
  1e6: "times of fourteen digits",
};

/**
 * The date or time that eight, twelve or fourteen digits are.
 *
 * @param value The number.
 * @returns Seconds since 1970; `undefined` where it is no date from 1980 to 2102.
 * @example
 * ```ts
 * import { secondsOfDigits } from "./date_numbers.ts";
 * secondsOfDigits(20240131); // 1706659200
 * secondsOfDigits(20240131120000); // 1706702400
 * secondsOfDigits(20240231); // undefined
 * ```
 */
export function secondsOfDigits(value: number): number | undefined {
  const unit = dayOf(value);
  const day = Math.floor(value / unit);
  const year = Math.floor(day / 10_000);
  if (!Number.isInteger(value) || !(year >= firstYear && year <= lastYear)) return undefined;
  const start = startOfDay(year, Math.floor(day / 100) % 100, day % 100);
  const time = (value % unit) * (1e6 / unit);
  const [hours, minutes, seconds] = [
    Math.floor(time / 1e4),
    Math.floor(time / 100) % 100,
    time % 100,
  ];
  if (Number.isNaN(start) || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return start / 1000 + 3600 * hours + 60 * minutes + seconds;
}

/** What a day is worth in a number: nothing, hours and minutes, or seconds as well follow its digits. */
function dayOf(value: number): number {
  return value < 1e11 ? 1 : value < 1e13 ? 1e4 : 1e6;
}

/**
 * Makes seconds since 1970 of a column of such dates.
 *
 * @param values The numbers, `Infinity` where there is none; written to where all of them are dates.
 * @returns How they are written, where all of them are dates, and what is to be said of it.
 * @example
 * ```ts
 * import { resolveDateNumbers } from "./date_numbers.ts";
 * const times = new Float64Array([20240131, 20240201]);
 * resolveDateNumbers(times).kind; // "dates of eight digits"
 * times; // [1706659200, 1706745600]
 * ```
 */
export function resolveDateNumbers(
  values: Float64Array,
): { readonly kind?: string; readonly remarks: readonly string[] } {
  let [dates, others, example, other, unit] = [0, 0, 0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (secondsOfDigits(value) === undefined) {
      if (others++ === 0) other = value;
      continue;
    }
    if (dates++ === 0) example = value;
    unit = Math.max(unit, dayOf(value));
  }
  if (dates <= others) return { remarks: [] };
  const date = new Date(1000 * secondsOfDigits(example)!).toISOString()
    .replace(/T00:00:00\.000Z$|\.000(?=Z$)/, "");
  if (others > 0) {
    return {
      remarks: [
        `Times such as ${example} are read as Unix time, and not as dates (${date}): ${
          counted(others, "row")
        } cannot be read as one, such as ${other}. Correct it if they are dates`,
      ],
    };
  }
  for (let n = 0; n < values.length; n++) values[n] = secondsOfDigits(values[n]) ?? values[n];
  return {
    kind: kinds[unit],
    remarks: [`Times such as ${example} are read as dates (${date}), and not as Unix time`],
  };
}
