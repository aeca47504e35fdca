/**
 * Which column of a table beside the interactions holds the item.
 *
 * @module
 */
import { chooseColumn } from "./column_choice.ts";

/**
 * The column of item ids in a table of features or texts.
 *
 * @param names Its columns.
 * @param itemColumn The name of the interactions' item column.
 * @param source Where the table comes from, for messages.
 * @returns The column of that name, or one called `id`, or with a common name; −1 if there is none.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { idColumn } from "./id_column.ts";
 * idColumn(["title", "asin"], "asin", "items.csv"); // 1
 * ```
 */
export function idColumn(names: readonly string[], itemColumn: string, source: string): number {
  const bare = names.map((name) => name.replace(/:\w+$/, ""));
  const exact = [itemColumn.replace(/:\w+$/, ""), "id"]
    .map((name) => bare.indexOf(name)).find((index) => index >= 0);
  return exact ?? chooseColumn(names, "item", undefined, source)?.index ?? -1;
}
