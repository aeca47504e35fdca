/**
 * Fields that hold nothing.
 *
 * @module
 */
import type { TableRow } from "../table/table.ts";

/**
 * Whether a field is empty, or a text that stands for nothing.
 *
 * @param row The row.
 * @param column The field's place in it.
 * @param nulls The bytes of the texts that stand for nothing.
 */
export function isEmptyField(
  { bytes, start, end }: TableRow,
  column: number,
  nulls: readonly Uint8Array[],
): boolean {
  const length = end[column] - start[column];
  return length === 0 ||
    nulls.some((word) =>
      word.length === length && word.every((byte, n) => bytes[start[column] + n] === byte)
    );
}
