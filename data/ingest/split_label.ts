/**
 * The column `x_label` of an `.inter` file.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { fieldText, type TableRow } from "../table/table.ts";

const zero = 48;

/**
 * The split of a row, as `x_label` has it.
 *
 * @param row The row.
 * @param column The place of `x_label` in it.
 * @param path The file, for messages.
 * @returns 0 for train, 1 for valid, 2 for test.
 * @throws {DataError} It is something else.
 */
export function labelOf(row: TableRow, column: number, path: string): number {
  const at = row.start[column];
  const label = row.bytes[at] - zero;
  if (row.end[column] === at + 1 && label >= 0 && label <= 2) return label;
  throw new DataError(
    `Cannot read "${path}": line ${row.line} has x_label "${excerpt(fieldText(row, column))}", ` +
      "expected 0, 1 or 2",
    "Set x_label to 0 for train, 1 for valid and 2 for test",
  );
}
