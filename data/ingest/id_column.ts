/**
 * Which column of a table beside the interactions holds the item.
 *
 * @module
 */
import { chooseColumn, plainName } from "./column_choice.ts";

/**
 * The column of item ids in a table of features or texts.
 *
 * @param names Its columns.
 * @param itemColumn The name of the interactions' item column.
 * @param source Where the table comes from, for messages.
 * @returns The column of that name, however it is written (`movieId`, `movie_id`), or one called `id`,
 * or with a common name; −1 if there is none.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { idColumn } from "./id_column.ts";
 * idColumn(["title", "asin"], "asin", "items.csv"); // 1
 * ```
 */
export function idColumn(names: readonly string[], itemColumn: string, source: string): number {
  const bare = names.map((name) => name.replace(/:\w+$/, ""));
  const plain = names.map(plainName);
  const found = [
    bare.indexOf(itemColumn.replace(/:\w+$/, "")),
    plain.indexOf(plainName(itemColumn)),
    bare.indexOf("id"),
  ].find((index) => index >= 0);
  return found ?? chooseColumn(names, "item", undefined, source)?.index ?? -1;
}
