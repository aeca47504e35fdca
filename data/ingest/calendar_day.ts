/**
 * Days of the calendar.
 *
 * @module
 */

/**
 * When a day begins, in UTC.
 *
 * @param year The year.
 * @param month The month, from 1.
 * @param day The day of the month.
 * @returns Milliseconds since 1970; NaN where there is no such day, or it is before the year 100.
 * @example
 * ```ts
 * import { startOfDay } from "./calendar_day.ts";
 * startOfDay(1970, 1, 2); // 86400000
 * startOfDay(2024, 2, 31); // NaN
 * ```
 */
export function startOfDay(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC() takes the 31st of February for the 3rd of March, and the year 24 for 1924.
  const isThere = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day;
  return isThere ? date.getTime() : NaN;
}
