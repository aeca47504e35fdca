/**
 * Counts and the share of a whole that they are.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import type { ShownNumber } from "../report/report_table.ts";

/**
 * A count with its share.
 *
 * @param count The count.
 * @param whole What it is a part of.
 * @example
 * ```ts
 * import { shareText } from "./share_cell.ts";
 * shareText(1500, 6000); // "1,500 (25 %)"
 * ```
 */
export function shareText(count: number, whole: number): string {
  const share = count === 0 ? "" : ` (${Number((100 * count / whole).toPrecision(3))} %)`;
  return grouped(count) + share;
}

/**
 * A cell with a count and its share.
 *
 * @param count The count.
 * @param whole What it is a part of.
 */
export function shareCell(count: number, whole: number): ShownNumber {
  return { value: count, text: shareText(count, whole) };
}
