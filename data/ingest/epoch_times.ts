/**
 * A column of epochs as seconds: their unit, rows that are in another one, and an order that lasts.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { resolveDateNumbers } from "./date_numbers.ts";

/** What a column of times is. */
export interface ResolvedTimes {
  /** How they are written, such as `epoch milliseconds`. */
  readonly kind: string;
  /** What is odd about them, a sentence each. */
  readonly remarks: readonly Message[];
}

const unitNames: Readonly<Record<number, string>> = {
  1: "seconds",
  1e3: "milliseconds",
  1e6: "microseconds",
  1e9: "nanoseconds",
};

/**
 * How many of a column's epochs make a second, told by their median: seconds of this century have
 * 10 digits, milliseconds 13, microseconds 16, nanoseconds 19.
 *
 * @param values The epochs; those that are not finite do not count.
 * @example
 * ```ts
 * import { epochsPerSecond } from "./epoch_times.ts";
 * epochsPerSecond(new Float64Array([1_400_000_000_000])); // 1000
 * ```
 */
export function epochsPerSecond(values: Float64Array): number {
  const median = medianSize(values);
  if (median < 1e11) return 1;
  return median < 1e14 ? 1e3 : median < 1e17 ? 1e6 : 1e9;
}

/**
 * Makes seconds since 1970 of a column of epochs. A row that is a date between 1979 and 2103 (or 1837 and
 * 1960) in another unit alone, where most are such dates in the column's unit, is read in that other one. Where all
 * are dates of eight digits or times of twelve or fourteen, they are read as such.
 *
 * @param values The epochs, `Infinity` where there is none; written to.
 * @param rests What each value lacks of the exact one; `undefined` where all are exact.
 * @example
 * ```ts
 * import { resolveEpochs } from "./epoch_times.ts";
 * const times = new Float64Array([1.5e12, 1.6e12, 1.4e9]);
 * resolveEpochs(times).kind; // "epoch milliseconds"
 * times; // [1.5e9, 1.6e9, 1.4e9]
 * ```
 */
export function resolveEpochs(values: Float64Array, rests?: Float64Array): ResolvedTimes {
  const digits = resolveDateNumbers(values);
  if (digits.kind !== undefined) return { kind: digits.kind, remarks: digits.remarks };
  const unit = epochsPerSecond(values);
  const written = rests && values.slice();
  const others = new Map<number, { count: number; readonly example: number }>();
  const areDates = isDate(medianSize(values) / unit);
  for (let n = 0; n < values.length; n++) {
    const value = rests === undefined ? values[n] : values[n] + rests[n];
    values[n] = value / unit;
    if (!areDates || isDate(values[n])) continue;
    const other = [1, 1e3, 1e6, 1e9].find((candidate) => isDate(value / candidate));
    if (other === undefined) continue;
    values[n] = value / other;
    const found = others.get(other);
    if (found === undefined) others.set(other, { count: 1, example: value });
    else found.count++;
  }
  if (rests !== undefined) keepOrder(values, written!, rests);
  const remarks = Array.from(
    others,
    ([other, { count, example }]) =>
      `Times in two units: most are in ${unitNames[unit]}, but ${count.toLocaleString("en-US")} ` +
      `row${count === 1 ? " is" : "s are"} in ${
        unitNames[other]
      }, such as ${example}, and are read as such`,
  );
  return { kind: `epoch ${unitNames[unit]}`, remarks: [...digits.remarks, ...remarks] };
}

/**
 * Moves times apart that are not the same but round to the same number of seconds, by the smallest
 * step that a number can make: nanoseconds of this century do not fit in 64 bits of a float.
 *
 * @param seconds The rounded times; written to.
 * @param written The times as written, in any unit.
 * @param rests What each of them lacks of the exact one.
 * @example
 * ```ts
 * import { keepOrder } from "./epoch_times.ts";
 * const seconds = new Float64Array([1.7e9, 1.7e9]);
 * keepOrder(seconds, new Float64Array([1.7e9, 1.7e9]), new Float64Array([2e-9, 1e-9]));
 * seconds[0] > seconds[1]; // true
 * ```
 */
export function keepOrder(
  seconds: Float64Array,
  written: Float64Array,
  rests: Float64Array,
): void {
  // As the nearest number and what it lacks, so that equal times have equal pairs.
  const nearest = written.map((value, n) => Number.isFinite(value) ? value + rests[n] : value);
  const lacks = nearest.map((sum, n) => Number.isFinite(sum) ? rests[n] - (sum - written[n]) : 0);
  const rounded = seconds.slice();
  const order = Uint32Array.from(seconds.keys())
    .filter((n) => Number.isFinite(seconds[n]))
    .sort((a, b) => rounded[a] - rounded[b] || nearest[a] - nearest[b] || lacks[a] - lacks[b]);
  for (let k = 1; k < order.length; k++) {
    const [before, n] = [order[k - 1], order[k]];
    if (nearest[before] === nearest[n] && lacks[before] === lacks[n]) seconds[n] = seconds[before];
    else if (seconds[n] <= seconds[before]) seconds[n] = nextAbove(seconds[before]);
  }
}

/**
 * Whether a time is a date between 1979 and 2103, or as long before 1970 as these are after it.
 *
 * @param seconds Seconds since 1970.
 */
export function isDate(seconds: number): boolean {
  return Math.abs(seconds) >= 3e8 && Math.abs(seconds) < 4.2e9;
}

/** Of a thousand values that are spread over the column. */
function medianSize(values: Float64Array): number {
  const step = Math.max(1, Math.floor(values.length / 1001));
  const sizes: number[] = [];
  for (let n = 0; n < values.length; n += step) {
    if (Number.isFinite(values[n])) sizes.push(Math.abs(values[n]));
  }
  return sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
}

/** The next larger number. */
function nextAbove(value: number): number {
  const number = new Float64Array([value === 0 ? 0 : value]);
  const bits = new BigInt64Array(number.buffer);
  bits[0] += value >= 0 ? 1n : -1n;
  return number[0];
}
