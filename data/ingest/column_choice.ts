/**
 * Which columns hold the user, the item, the time and the rating: as named, or guessed.
 *
 * @module
 */
import { DataError, type Message, nearest, UsageError } from "../../errors.ts";
import { objectsWithKeys } from "../table/json_lines_parser.ts";
import { hasNoHeader } from "../table/table.ts";
import { foldCase } from "./fold_case.ts";
import { uniqueColumn } from "../table/unique_column.ts";
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

/** Names in order of preference, in the form of {@linkcode plainName}. */
const commonNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  user: [
    ...["userid", "user", "uid", "reviewerid", "reviewer", "customerid", "customer", "visitorid"],
    ...["memberid", "accountid", "profileid", "personid", "username", "viewerid", "listenerid"],
    ...[
      "customeremail",
      "useremail",
      "email",
      "clientid",
      "client",
      "buyerid",
      "buyer",
      "shopperid",
    ],
  ],
  item: [
    ...["itemid", "item", "iid", "asin", "parentasin", "productid", "product", "sku", "movieid"],
    ...["movie", "bookid", "isbn", "trackid", "songid", "videoid", "artistid", "articleid"],
    ...["newsid", "recipeid", "gameid", "businessid", "placeid", "contentid"],
    ...["productsku", "itemsku", "skuid", "variantid", "productcode", "itemcode", "stockcode"],
    ...["articlecode", "articlenumber", "ean", "gtin", "upc"],
  ],
  time: [
    ...["timestamp", "unixreviewtime", "unixtime", "time", "ts", "datetime", "date", "createdat"],
    ...["eventtime", "eventtimestamp", "eventdate", "reviewtime", "reviewdate", "createddate"],
    ...["creationdate", "purchasedat", "purchasetime", "purchasetimestamp", "purchasedate"],
    ...[
      "orderedat",
      "ordertime",
      "ordertimestamp",
      "orderdatetime",
      "orderdate",
      "orderpurchasetimestamp",
    ],
    ...["boughtat", "soldat", "saledate", "transactiontime", "transactiondate", "invoicedate"],
    ...[
      "tdat",
      "paidat",
      "viewedat",
      "clickedat",
      "clicktime",
      "playedat",
      "watchedat",
      "watchtime",
    ],
    ...["listenedat", "readat", "ratedat", "reviewedat", "submittedat", "visitedat", "visittime"],
    ...[
      "visitdate",
      "addedat",
      "dateadded",
      "occurredat",
      "loggedat",
      "timestampms",
      "datetimeutc",
    ],
  ],
  rating: ["rating", "score", "stars", "overall", "rate", "preference"],
};

/** Where the columns of NDJSON come from. */
const firstObjects = `first ${objectsWithKeys.toLocaleString("en-US")} objects`;

/** Names of columns that may say of a row that it is no interaction, in the same form. */
const judgementNames: readonly string[] = [
  ...["ratings", "bookrating", "ratingscore", "vote", "thumb", "thumbs", "like", "liked", "islike"],
  ...["label", "target", "feedback", "reaction", "sentiment", "click", "clicked", "isclick"],
  ...["isread", "watched", "purchased", "bought", "converted", "isliked"],
  ...["action", "event", "eventtype", "interaction", "interactiontype", "behavior", "behaviour"],
];

/**
 * A name as names are compared: without a type after a colon, in small letters, of letters and digits
 * alone, so that `movieId`, `movie_id` and `MOVIE ID` are one.
 *
 * @param name The name.
 * @example
 * ```ts
 * import { plainName } from "./column_choice.ts";
 * plainName("Movie_ID:token"); // "movieid"
 * ```
 */
export function plainName(name: string): string {
  return foldCase(name.replace(/:\w+$/, "")).replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * The column of a table whose rows all count that may say otherwise of some.
 *
 * @param names The table's columns.
 * @returns The column, and whether it is one of ratings.
 * @example
 * ```ts
 * import { judgementColumn } from "./column_choice.ts";
 * judgementColumn(["user", "item", "label"])?.column.name; // "label"
 * ```
 */
export function judgementColumn(
  names: readonly string[],
): { readonly column: Column; readonly isRating: boolean } | undefined {
  const rating = guess(names, commonNames.rating);
  const index = rating >= 0 ? rating : guess(names, judgementNames);
  if (index < 0) return undefined;
  return { column: { index, name: names[index], guessed: true }, isRating: rating >= 0 };
}

/**
 * The column that seems to hold times.
 *
 * @param names The table's columns.
 * @returns Its place, or −1.
 * @example
 * ```ts
 * import { timeColumn } from "./column_choice.ts";
 * timeColumn(["user_id", "sku", "Purchased At"]); // 2
 * ```
 */
export function timeColumn(names: readonly string[]): number {
  return guess(names, commonNames.time);
}

/**
 * Chooses the column of a role.
 *
 * @param names The table's columns.
 * @param role What the column is for.
 * @param wanted The name that the user gave; `undefined` to guess from common names.
 * @param source Where the table comes from, for messages.
 * @param format What the table is.
 * @param nextStep What tells which of two columns is meant.
 * @returns The column, or `undefined` where none of the common names is there.
 * @throws {UsageError} There is no column of the name that the user gave.
 * @throws {DataError} Two columns have the name, or one that reads the same.
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
  format = "",
  nextStep?: Message,
): Column | undefined {
  const index = wanted === undefined
    ? uniqueColumn(names, guess(names, commonNames[role]), source, {
      form: plainName,
      nextStep,
    })
    : namedColumn(names, wanted, role, source, format);
  return index < 0 ? undefined : { index, name: names[index], guessed: wanted === undefined };
}

/**
 * The place of a column that the user named.
 *
 * @param names The table's columns; a type after a colon, as RecBole's have, may be left out.
 * @param wanted The name.
 * @param option The setting with which it was given.
 * @param source Where the table comes from.
 * @param format What the table is.
 * @throws {UsageError} There is no such column.
 * @throws {DataError} Two columns have the name, or but for their types.
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
  format = "",
): number {
  if (names.includes(wanted)) return uniqueColumn(names, names.indexOf(wanted), source);
  const bareName = (name: string) => name.replace(/:\w+$/, "");
  const bare = names.map(bareName);
  const index = bare.indexOf(wanted);
  if (index >= 0) return uniqueColumn(names, index, source, { form: bareName });
  const near = nearest(wanted, bare);
  throw new UsageError(
    ({ setting }) =>
      `Cannot use ${setting(option)} "${wanted}": "${source}" has the columns ${
        excerptOfNames(names, 12)
      }` +
      (format === "NDJSON" ? `, which are the keys of its ${firstObjects}` : ""),
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
 * @param format What the table is.
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
  format = "",
): Column {
  const nextStep: Message = ({ setting }) => `Name one of them: ${setting(role, "NAME")}`;
  const column = chooseColumn(names, role, wanted, source, format, nextStep);
  if (column !== undefined) return column;
  const isJson = format === "NDJSON";
  const isNamed = hasNoHeader(format);
  const reason = isNamed ? undefined : untoldReason(names);
  const has = isJson
    ? `its ${firstObjects} have the keys`
    : isNamed
    ? "it has the columns"
    : "line 1 names";
  const found = `${has} ${excerptOfNames(names, 12)}`;
  throw new DataError(
    `Cannot tell which column of "${source}" holds the ${role}: ${reason?.what ?? found}`,
    reason?.nextStep ??
      (({ setting }) =>
        `Name it with ${setting(role, "NAME")}` +
        (isNamed ? "" : "; a table without names needs a first line with them")),
  );
}

function guess(names: readonly string[], wanted: readonly string[]): number {
  const plain = names.map(plainName);
  const found = wanted.find((name) => plain.includes(name));
  return found === undefined ? -1 : plain.indexOf(found);
}

/** Why a table may have no names that are known. */
function untoldReason(names: readonly string[]): { what: string; nextStep: string } | undefined {
  const text = excerpt(names[0]);
  if (names[0].startsWith("#")) {
    return {
      what: `line 1 begins with #, as comments do: "${text}"`,
      nextStep: "Remove such lines: grep -v '^#' FILE > CONVERTED; the first line left " +
        "must name the columns",
    };
  }
  if (names.length > 1) return undefined;
  const found = `line 1 is one field, "${text}"`;
  const [awk, what] = names[0].includes("::")
    ? ["awk -F '::'", `${found}: fields are not split at ::`]
    : ["awk", `${found}: fields are not split at spaces`];
  if (!/::|\s/.test(names[0])) {
    return {
      what: `${found}: found no delimiter`,
      nextStep:
        "Separate fields with tabs, commas, semicolons or vertical bars, and name the columns in " +
        "the first line",
    };
  }
  return {
    what,
    nextStep:
      `Separate them with tabs: ${awk} -v OFS='\\t' '{ $1 = $1 } 1' FILE > FILE.tsv; a table ` +
      "without names needs a first line with them",
  };
}
