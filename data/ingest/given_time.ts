/**
 * A point in time or a span of it, as somebody wrote it.
 *
 * @module
 */
import { resolveEpochs } from "./epoch_times.ts";
import { type ParsedTime, parseTime } from "./time.ts";

/**
 * Reads a point in time, as tables have them: ISO 8601, in UTC unless it names a zone, or a Unix epoch in any unit.
 *
 * @param text What was written.
 * @returns Seconds since 1970; `undefined` where it is no time.
 * @example
 * ```ts
 * import { readPoint } from "./given_time.ts";
 * readPoint("2024-05-01"); // 1714521600
 * readPoint("1714521600000"); // 1714521600
 * ```
 */
export function readPoint(text: string): number | undefined {
  const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
  const bytes = new TextEncoder().encode(text.trim());
  parseTime(bytes, 0, bytes.length, time);
  const seconds = new Float64Array([time.value + time.rest]);
  if (time.kind === "epoch") resolveEpochs(seconds);
  return time.kind !== undefined && Number.isFinite(seconds[0]) ? seconds[0] : undefined;
}

/** Seconds of each unit. */
const units: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/**
 * Reads a span of time: a number and `s`, `m`, `h`, `d` or `w`.
 *
 * @param text What was written.
 * @returns Seconds, above 0; `undefined` where it is no span.
 * @example
 * ```ts
 * import { readSpan } from "./given_time.ts";
 * readSpan("7d"); // 604800
 * ```
 */
export function readSpan(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,9}(?:\.\d+)?)([smhdw])$/.exec(text.trim()) ?? [];
  const seconds = Number(number) * units[unit];
  return seconds > 0 ? seconds : undefined;
}
