/**
 * Which column of a table beside the interactions holds the item.
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";
import { chooseColumn, namedColumn, plainName } from "./column_choice.ts";
import { uniqueColumn } from "../table/unique_column.ts";

/**
 * The column of item ids in a table of features or texts.
 *
 * @param names Its columns.
 * @param itemColumn The name of the interactions' item column.
 * @param source Where the table comes from, for messages.
 * @param nextStep What tells which of two columns is meant.
 * @returns The column of that name, however it is written (`movieId`, `movie_id`), or one called `id`,
 * or with a common name; −1 if there is none.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { idColumn } from "./id_column.ts";
 * idColumn(["title", "asin"], "asin", "items.csv"); // 1
 * ```
 */
export function idColumn(
  names: readonly string[],
  itemColumn: string,
  source: string,
  nextStep?: Message,
): number {
  const bare = names.map((name) => name.replace(/:\w+$/, ""));
  const plain = names.map(plainName);
  const found = [
    bare.indexOf(itemColumn.replace(/:\w+$/, "")),
    plain.indexOf(plainName(itemColumn)),
    bare.indexOf("id"),
  ].find((index) => index >= 0);
  if (found !== undefined) return uniqueColumn(names, found, source);
  return chooseColumn(names, "item", undefined, source, "", nextStep)?.index ?? -1;
}

/** How the column of ids of a table is known, or can be named. */
export interface IdColumnChoice {
  /** The name of the interactions' item column. */
  readonly itemColumn: string;
  /** The name that the user gave; `undefined` to look for one. */
  readonly idColumn?: string;
  /** The setting that names the table. */
  readonly option: string;
  /** What its value is where it names the column too, such as `FILE#ID_COLUMN`. */
  readonly form: string;
}

/**
 * The column of item ids that a table must have.
 *
 * @param names Its columns.
 * @param choice How it is known.
 * @param source Where the table comes from, for messages.
 * @param format What the table is.
 * @throws {DataError} None can be told, or two have its name.
 * @throws {UsageError} There is no column of the name that the user gave.
 * @example
 * ```ts
 * import { requireIdColumn } from "./id_column.ts";
 * const choice = { itemColumn: "asin", option: "meta", form: "FILE#ID_COLUMN" };
 * requireIdColumn(["title", "asin"], choice, "items.csv"); // 1
 * ```
 */
export function requireIdColumn(
  names: readonly string[],
  { itemColumn, idColumn: wanted, option, form }: IdColumnChoice,
  source: string,
  format?: string,
): number {
  if (wanted !== undefined) return namedColumn(names, wanted, option, source, format);
  const nextStep: Message = ({ setting }) =>
    `Name it after a number sign: ${setting(option, form)}`;
  const index = idColumn(names, itemColumn, source, nextStep);
  if (index >= 0) return index;
  throw new DataError(
    `Cannot tell which column of "${source}" holds the item: there is none called "${itemColumn}"`,
    nextStep,
  );
}
