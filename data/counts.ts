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

/**
 * A number of bytes in the largest unit that it has one of, with two digits or more.
 *
 * @param bytes The number.
 * @example
 * ```ts
 * import { byteSize } from "./counts.ts";
 * byteSize(1536); // "1.5 KiB"
 * byteSize(20_000_000); // "19 MiB"
 * ```
 */
export function byteSize(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let size = bytes;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${unit > 0 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
