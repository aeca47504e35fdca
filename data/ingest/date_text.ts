/**
 * Times for people to read.
 *
 * @module
 */
import { isDate } from "./epoch_times.ts";

/**
 * A time as a date, with the time of day unless it is midnight; a number where it is none of 1979 to 2103.
 *
 * @param seconds Seconds since 1970.
 * @example
 * ```ts
 * import { dateText } from "./date_text.ts";
 * dateText(1_714_521_600); // "2024-05-01"
 * dateText(12); // "12"
 * ```
 */
export function dateText(seconds: number): string {
  if (!isDate(seconds)) return `${seconds}`;
  return new Date(1000 * seconds).toISOString().replace(/T00:00:00\.000Z$|\.000(?=Z$)/, "");
}

/**
 * The day of a time; the number where it is beyond what a date reaches.
 *
 * @param seconds Seconds since 1970.
 * @example
 * ```ts
 * import { dayText } from "./date_text.ts";
 * dayText(1_714_521_661); // "2024-05-01"
 * dayText(1e15); // "1000000000000000 s"
 * ```
 */
export function dayText(seconds: number): string {
  const date = new Date(1000 * seconds);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace(/T.*/, "");
}
