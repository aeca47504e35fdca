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
 * @param search How names were compared, and the setting that names a column (default: letter by letter).
 * @returns The place.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { uniqueColumn } from "./unique_column.ts";
 * uniqueColumn(["user", "item"], 1, "a.csv"); // 1
 * ```
 */
export function uniqueColumn(
  names: readonly string[],
  index: number,
  source: string,
  search?: { readonly form: (name: string) => string; readonly option: string },
): number {
  if (index < 0) return index;
  const { form = (name: string) => name, option } = search ?? {};
  const other = names.find((name, n) => n !== index && form(name) === form(names[index]));
  if (other === undefined) return index;
  if (other !== names[index]) {
    throw new DataError(
      `Cannot read "${source}": either of the columns "${excerpt(names[index])}" and ` +
        `"${excerpt(other)}" may be meant`,
      ({ setting }) => `Name one of them with ${setting(option!)}, or leave the other out`,
    );
  }
  throw new DataError(
    `Cannot read "${source}": two columns are named "${excerpt(names[index])}"`,
    "Give each column a name of its own",
  );
}
