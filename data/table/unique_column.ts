/**
 * Columns whose names are theirs alone.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";

/**
 * Refuses a column of whose name there is another, since either may be meant.
 *
 * @param names The table's columns.
 * @param index The column's place, or −1.
 * @param source Where the table comes from.
 * @returns The place.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { uniqueColumn } from "./unique_column.ts";
 * uniqueColumn(["user", "item"], 1, "a.csv"); // 1
 * ```
 */
export function uniqueColumn(names: readonly string[], index: number, source: string): number {
  if (index < 0 || names.lastIndexOf(names[index]) === names.indexOf(names[index])) return index;
  throw new DataError(
    `Cannot read "${source}": two columns are named "${excerpt(names[index])}"`,
    "Give each column a name of its own",
  );
}
