/**
 * Times of interactions: Unix epochs in seconds, milli-, micro- or nanoseconds, or ISO 8601.
 *
 * @module
 */

/** How a table writes its times. */
export type TimeKind = "epoch" | "ISO 8601";

/** A time as read. */
export interface ParsedTime {
  /** How it is written; `undefined` where it is no time. */
  kind: TimeKind | undefined;
  /** The number of an epoch, in a unit yet unknown, or seconds since 1970 of an ISO time. */
  value: number;
}

const iso =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/;
const decoder = new TextDecoder();

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
 * const time: ParsedTime = { kind: undefined, value: 0 };
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
  // Fifteen digits are exact in this sum.
  if (at === end && at - start <= 15 && at > start + Number(negative)) {
    into.kind = "epoch";
    into.value = negative ? -value : value;
    return;
  }
  const text = decoder.decode(bytes.subarray(start, end)).trim();
  if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) {
    into.kind = "epoch";
    into.value = Number(text);
    return;
  }
  into.value = secondsOfIso(text);
  into.kind = Number.isNaN(into.value) ? undefined : "ISO 8601";
}

/**
 * How many of a column's epochs make a second, told by their median: seconds of this century have
 * 10 digits, milliseconds 13, microseconds 16, nanoseconds 19.
 *
 * @param values The epochs; those that are not finite do not count.
 * @example
 * ```ts
 * import { epochsPerSecond } from "./time.ts";
 * epochsPerSecond(new Float64Array([1_400_000_000_000])); // 1000
 * ```
 */
export function epochsPerSecond(values: Float64Array): number {
  const step = Math.max(1, Math.floor(values.length / 1001));
  const sizes: number[] = [];
  for (let n = 0; n < values.length; n += step) {
    if (Number.isFinite(values[n])) sizes.push(Math.abs(values[n]));
  }
  const median = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  if (median < 1e11) return 1;
  return median < 1e14 ? 1e3 : median < 1e17 ? 1e6 : 1e9;
}

function secondsOfIso(text: string): number {
  const match = iso.exec(text);
  if (match === null) return NaN;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0"] = match;
  const zone = match[8] ?? "Z";
  const [months, days, hours, minutes, seconds] = [month, day, hour, minute, second].map(Number);
  const milliseconds = Date.UTC(Number(year), months - 1, days, hours, minutes, seconds);
  const date = new Date(milliseconds);
  // Date.UTC() takes the 31st of February for the 3rd of March.
  const sound = date.getUTCDate() === days && date.getUTCMonth() === months - 1 && minutes < 60 &&
    (hours < 24) && seconds < 60 && Number(year) >= 100;
  if (!sound) return NaN;
  const offset = /^[+-]/.test(zone)
    ? (zone[0] === "-" ? -1 : 1) *
      (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", "") || 0))
    : 0;
  return milliseconds / 1000 + Number(`0.${fraction}`) - 60 * offset;
}
