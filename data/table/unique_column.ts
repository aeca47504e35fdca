/**
 * Columns whose names are theirs alone.
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";

/**
 * Refuses a column of whose name there is another, since either may be meant.
 *
 * @param names The table's columns.
 * @param index The column's place, or −1.
 * @param source Where the table comes from.
 * @param search How names were compared (default: letter by letter), and what tells which is meant.
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
  search?: { readonly form: (name: string) => string; readonly nextStep?: Message },
): number {
  if (index < 0) return index;
  const { form = (name: string) => name, nextStep = "Leave one of them out" } = search ?? {};
  const other = names.find((name, n) => n !== index && form(name) === form(names[index]));
  if (other === undefined) return index;
  if (other !== names[index]) {
    throw new DataError(
      `Cannot read "${source}": either of the columns "${excerpt(names[index])}" and ` +
        `"${excerpt(other)}" may be meant`,
      nextStep,
    );
  }
  throw new DataError(
    `Cannot read "${source}": two columns are named "${excerpt(names[index])}"`,
    "Give each column a name of its own",
  );
}
