/**
 * Numbers as people read them.
 *
 * @module
 */

/**
 * A score, or a part of one: three digits that count, as people read them.
 *
 * @param value The number.
 */
export function scoreText(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) {
    return value.toExponential(2).replace("-", "−").replace("e+", "e");
  }
  const digits = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return value.toFixed(digits).replace("-", "−");
}

/**
 * Writes numbers of a table that are compared with each other: with three digits of the largest, and as many decimals of
 * the others.
 *
 * @param values The numbers.
 * @example
 * ```ts
 * import { alikeTexts } from "./numbers.ts";
 * alikeTexts([4.2312, -0.0141])(-0.0141); // "−0.014"
 * ```
 */
export function alikeTexts(values: readonly number[]): (value: number) => string {
  const largest = Math.max(...values.map(Math.abs));
  if (!(largest >= 1e-4 && largest < 1e6)) return scoreText;
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(largest)));
  return (value) => value.toFixed(decimals).replace("-", "−");
}

/**
 * A share.
 *
 * @param value From 0 to 1.
 */
export function shareText(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
