/**
 * What the middle of some measurements is, and how far they spread.
 *
 * @module
 */

/** The median of numbers, and the quartiles around it. */
export interface Quartiles {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Interpolated linearly between ranks.
 *
 * @param values One at least.
 * @example
 * ```ts
 * import { quartiles } from "./quartiles.ts";
 * quartiles([4, 1, 2, 3]); // { median: 2.5, lower: 1.75, upper: 3.25 }
 * ```
 */
export function quartiles(values: readonly number[]): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}
