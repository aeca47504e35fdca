/**
 * Counts for people to read.
 *
 * @module
 */

/**
 * A count with its thousands apart.
 *
 * @param count The count.
 * @example
 * ```ts
 * import { grouped } from "./counts.ts";
 * grouped(1234567); // "1,234,567"
 * ```
 */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/**
 * A count and what is counted.
 *
 * @param count The count.
 * @param noun What is counted, in the singular.
 * @example
 * ```ts
 * import { counted } from "./counts.ts";
 * counted(2000, "row"); // "2,000 rows"
 * ```
 */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
