/**
 * Times of interactions: Unix epochs in seconds, milli-, micro- or nanoseconds, or ISO 8601.
 *
 * @module
 */
import { startOfDay } from "./calendar_day.ts";

/** How a table writes its times. */
export type TimeKind = "epoch" | "ISO 8601";

/** A time as read. */
export interface ParsedTime {
  /** How it is written; `undefined` where it is no time. */
  kind: TimeKind | undefined;
  /** The number of an epoch, in a unit yet unknown, or seconds since 1970 of an ISO time. */
  value: number;
  /** What `value` lacks of the exact time, where that has more digits than a number can hold. */
  rest: number;
  /** Whether an ISO time names its zone. */
  hasZone?: boolean;
}

const iso =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/;
const decoder = new TextDecoder();

/** A number of so many characters, the point among them, has microseconds at most, which fit. */
const longestExact = 17;
const mostFractionDigits = 6;

/**
 * Reads a time. A time without a zone is UTC; negative epochs are times before 1970.
 *
 * @param bytes Holds the time.
 * @param start Where it begins.
 * @param end Where it ends.
 * @param into Takes the result, so that nothing is allocated for each row.
 * @example
 * ```ts
 * import { type ParsedTime, parseTime } from "./time.ts";
 * const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
 * parseTime(new TextEncoder().encode("1970-01-02"), 0, 10, time);
 * time.value; // 86400
 * ```
 */
export function parseTime(bytes: Uint8Array, start: number, end: number, into: ParsedTime): void {
  const negative = bytes[start] === 45;
  let value = 0;
  let at = negative ? start + 1 : start;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) break;
    value = 10 * value + digit;
  }
  into.rest = 0;
  // The sum is exact while it is a safe integer.
  if (at === end && value <= Number.MAX_SAFE_INTEGER && at > start + Number(negative)) {
    into.kind = "epoch";
    into.value = negative ? -value : value;
    return;
  }
  const text = decoder.decode(bytes.subarray(start, end)).trim();
  if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) {
    into.kind = "epoch";
    into.value = Number(text);
    if (text.length > longestExact || !text.includes(".")) splitDigits(text, into);
    return;
  }
  into.value = secondsOfIso(text, into);
  into.kind = Number.isNaN(into.value) ? undefined : "ISO 8601";
}

/** Divides a number of many digits into one that it is near to and what that lacks. */
function splitDigits(text: string, into: ParsedTime): void {
  const [, sign, digits, fraction] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  const whole = Number(digits);
  if (digits === undefined || !Number.isFinite(whole)) return;
  const factor = sign === "-" ? -1 : 1;
  into.value = factor * whole;
  into.rest = factor * (Number(BigInt(digits) - BigInt(whole)) + Number(`0.${fraction ?? ""}0`));
}

function secondsOfIso(text: string, into: ParsedTime): number {
  const match = iso.exec(text);
  if (match === null) return NaN;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0"] = match;
  const zone = match[8] ?? "Z";
  into.hasZone = match[8] !== undefined;
  const [months, days, hours, minutes, seconds] = [month, day, hour, minute, second].map(Number);
  const start = startOfDay(Number(year), months, days);
  const offset = minutesOfZone(zone);
  const isSound = !Number.isNaN(start + offset) && hours < 24 && minutes < 60 && seconds < 60;
  if (!isSound) return NaN;
  const milliseconds = start + 1000 * (3600 * hours + 60 * minutes + seconds);
  const share = Number(`0.${fraction}`);
  if (fraction.length <= mostFractionDigits) return milliseconds / 1000 + share - 60 * offset;
  into.rest = share;
  return milliseconds / 1000 - 60 * offset;
}

/** Minutes that a zone such as `-05:30` is ahead of UTC; NaN where a clock has no such hour or minute. */
function minutesOfZone(zone: string): number {
  const [, sign, hours, minutes = "00"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) >= 24 || Number(minutes) >= 60) return NaN;
  return (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
}
