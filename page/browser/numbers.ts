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
 * A share.
 *
 * @param value From 0 to 1.
 */
export function shareText(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/**
 * A count of things.
 *
 * @param count How many.
 * @param thing What one of them is called; several have an s behind it.
 */
export function countText(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}
