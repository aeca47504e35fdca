/**
 * Which columns hold the user, the item, the time and the rating: as named, or guessed.
 *
 * @module
 */
import { DataError, nearest, UsageError } from "../../errors.ts";
import { excerpt, excerptOfNames } from "../excerpt.ts";

/** What a column is for. */
export type ColumnRole = "user" | "item" | "time" | "rating";

/** A chosen column. */
export interface Column {
  /** Its place in the table, from 0. */
  readonly index: number;
  /** Its name as the table has it. */
  readonly name: string;
  /** Whether it was guessed. */
  readonly guessed: boolean;
}

/** Names in order of preference, in lower case, without anything but letters and digits. */
const commonNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  user: [
    ...["userid", "user", "uid", "reviewerid", "reviewer", "customerid", "customer", "visitorid"],
    ...["memberid", "accountid", "profileid", "personid", "username", "viewerid", "listenerid"],
  ],
  item: [
    ...["itemid", "item", "iid", "asin", "parentasin", "productid", "product", "sku", "movieid"],
    ...["movie", "bookid", "isbn", "trackid", "songid", "videoid", "artistid", "articleid"],
    ...["newsid", "recipeid", "gameid", "businessid", "placeid", "contentid"],
  ],
  time: [
    ...["timestamp", "unixreviewtime", "unixtime", "time", "ts", "datetime", "date", "createdat"],
    ...["eventtime", "reviewtime", "reviewdate", "createddate"],
  ],
  rating: ["rating", "score", "stars", "overall", "rate", "preference"],
};

/**
 * Chooses the column of a role.
 *
 * @param names The table's columns.
 * @param role What the column is for.
 * @param wanted The name that the user gave; `undefined` to guess from common names.
 * @param source Where the table comes from, for messages.
 * @returns The column, or `undefined` where none of the common names is there.
 * @throws {UsageError} There is no column of the name that the user gave.
 * @throws {DataError} Two columns have the name.
 * @example
 * ```ts
 * import { chooseColumn } from "./column_choice.ts";
 * chooseColumn(["rating", "user_id:token"], "user", undefined, "a.csv")?.index; // 1
 * ```
 */
export function chooseColumn(
  names: readonly string[],
  role: ColumnRole,
  wanted: string | undefined,
  source: string,
): Column | undefined {
  const index = wanted === undefined
    ? guess(names, role)
    : namedColumn(names, wanted, role, source);
  if (index < 0) return undefined;
  const name = names[index];
  if (names.lastIndexOf(name) !== names.indexOf(name)) {
    throw new DataError(
      `Cannot read "${source}": two columns have the name "${excerpt(name)}"`,
      "Give each column a name of its own in the first line",
    );
  }
  return { index, name, guessed: wanted === undefined };
}

/**
 * The place of a column that the user named.
 *
 * @param names The table's columns; a type after a colon, as RecBole's have, may be left out.
 * @param wanted The name.
 * @param option The setting with which it was given.
 * @param source Where the table comes from.
 * @throws {UsageError} There is no such column.
 * @example
 * ```ts
 * import { namedColumn } from "./column_choice.ts";
 * namedColumn(["item_id:token", "title:token_seq"], "title", "text", "a.item"); // 1
 * ```
 */
export function namedColumn(
  names: readonly string[],
  wanted: string,
  option: string,
  source: string,
): number {
  const bare = names.map((name) => name.replace(/:\w+$/, ""));
  const index = names.includes(wanted) ? names.indexOf(wanted) : bare.indexOf(wanted);
  if (index >= 0) return index;
  const near = nearest(wanted, bare);
  throw new UsageError(
    ({ setting }) =>
      `Cannot use ${setting(option, `"${excerpt(wanted)}"`)}: "${source}" has the columns ${
        excerptOfNames(names)
      }`,
    near === undefined ? "Name one of these" : `Did you mean "${near}"?`,
  );
}

/**
 * The column of a role that a table must have.
 *
 * @param names The table's columns.
 * @param role What the column is for.
 * @param wanted The name that the user gave; `undefined` to guess.
 * @param source Where the table comes from.
 * @throws {DataError} None of the common names is there.
 * @throws {UsageError} There is no column of the name that the user gave.
 * @example
 * ```ts
 * import { requireColumn } from "./column_choice.ts";
 * requireColumn(["customer", "asin"], "item", undefined, "a.csv").name; // "asin"
 * ```
 */
export function requireColumn(
  names: readonly string[],
  role: ColumnRole,
  wanted: string | undefined,
  source: string,
): Column {
  const column = chooseColumn(names, role, wanted, source);
  if (column !== undefined) return column;
  throw new DataError(
    `Cannot tell which column of "${source}" holds the ${role}: line 1 names ${
      excerptOfNames(names)
    }`,
    ({ setting }) =>
      `Name it with ${setting(role, "NAME")}; a table without names needs a first line with them`,
  );
}

function guess(names: readonly string[], role: ColumnRole): number {
  const plain = names.map((name) =>
    name.replace(/:\w+$/, "").toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "")
  );
  const found = commonNames[role].find((name) => plain.includes(name));
  return found === undefined ? -1 : plain.indexOf(found);
}
