/**
 * Dates and times as ISO 8601 has them, which is what a CSV of them holds.
 *
 * @module
 */
import type { PerSecond } from "./column_kind.ts";
import type { TextWriter } from "./texts.ts";

const [dash, colon, dot, letterT, letterZ, plus] = [45, 58, 46, 84, 90, 43];
/** What a date of JavaScript reaches, which is what is read of a CSV. */
const mostDays = 100_000_000;

/**
 * Writes a date, by Hinnant's `civil_from_days` (http://howardhinnant.github.io/date_algorithms.html).
 *
 * @param writer What is written to.
 * @param days Days since 1970.
 */
export function writeDate(writer: TextWriter, days: number): void {
  if (!(Math.abs(days) <= mostDays)) return writer.text(`day ${days}`);
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (year > 9999) writer.byte(plus);
  writer.integer(year, year < 0 || year > 9999 ? 6 : 4);
  writer.byte(dash);
  writer.integer(month, 2);
  writer.byte(dash);
  writer.integer(dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1, 2);
}

/**
 * Writes a time of day; of the parts of a second as few digits as tell it, by threes.
 *
 * @param writer What is written to.
 * @param second The second of the day.
 * @param part The part of a second.
 * @param perSecond How many of these parts a second has.
 */
export function writeClock(
  writer: TextWriter,
  second: number,
  part: number,
  perSecond: PerSecond,
): void {
  writer.integer(Math.floor(second / 3600), 2);
  writer.byte(colon);
  writer.integer(Math.floor(second / 60) % 60, 2);
  writer.byte(colon);
  writer.integer(second % 60, 2);
  if (part === 0) return;
  let [digits, rest] = [Math.round(Math.log10(perSecond)), part];
  for (; rest % 1000 === 0; rest /= 1000) digits -= 3;
  writer.byte(dot);
  writer.integer(rest, digits);
}

/**
 * Writes a time.
 *
 * @param writer What is written to.
 * @param value It, in parts of a second since 1970.
 * @param perSecond How many of these parts a second has.
 * @param hasZone Whether it is one of UTC, and not of an unknown place.
 */
export function writeTimestamp(
  writer: TextWriter,
  value: number | bigint,
  perSecond: PerSecond,
  hasZone: boolean,
): void {
  let [seconds, part] = [0, 0];
  if (typeof value === "number") {
    seconds = Math.floor(value / perSecond);
    part = value - seconds * perSecond;
  } else {
    const unit = BigInt(perSecond);
    const rest = ((value % unit) + unit) % unit;
    [seconds, part] = [Number((value - rest) / unit), Number(rest)];
  }
  const days = Math.floor(seconds / 86400);
  writeDate(writer, days);
  writer.byte(letterT);
  writeClock(writer, seconds - days * 86400, part, perSecond);
  if (hasZone) writer.byte(letterZ);
}
