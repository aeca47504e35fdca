/**
 * The texts of items from a table.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import type { Fingerprint } from "../table/byte_source.ts";
import { counted } from "../counts.ts";
import { namedColumn } from "./column_choice.ts";
import { requireIdColumn } from "./id_column.ts";
import { isNullWord } from "./null_words.ts";
import type { ItemIndex } from "./item_index.ts";
import { fieldText, type QuoteRule } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";

/** How a table names its column of ids. */
const textForm = "NAME=FILE#ID_COLUMN:COLUMN";

/** Where texts come from. */
export interface TextSource {
  /** The modality's name. */
  readonly name: string;
  /** A table. */
  readonly path: string;
  /** Its column of ids; `undefined` for the one named as the interactions' item column. */
  readonly idColumn?: string;
  /** Its columns of text, which are read as one. */
  readonly columns: readonly string[];
}

/** Texts of items. */
export interface ItemTexts {
  /** The text of each item of the dataset; empty where there is none. */
  readonly texts: readonly string[];
  /** The table. */
  readonly source: Fingerprint;
  /** The name of its column of ids. */
  readonly idColumn: string;
  /** Rows that are of no item of the dataset. */
  readonly unknown: number;
  /** Rows of an item that has a text from a row before. */
  readonly repeated: number;
  /** Items of the dataset that have a row. */
  readonly matched: number;
  /** The columns that are empty in all these rows. */
  readonly emptyColumns: readonly string[];
  /** What is odd about the table and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
}

/**
 * Reads the texts of a dataset's items, each from the first row that has the item.
 *
 * The first alone, so that the interactions themselves can be the table, in which the text of an
 * item stands once for each of its rows.
 *
 * @param source Where they come from.
 * @param items The items.
 * @param itemColumn The name of the interactions' item column.
 * @param quote What quotation marks mean.
 * @throws {DataError} The table is malformed, or its column of ids cannot be told.
 * @throws {UsageError} A named column is not there.
 * @example
 * ```ts
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * import { readItemTexts } from "./item_texts.ts";
 * const ids = new IdTable();
 * ids.intern(new TextEncoder().encode("B1"), 0, 2);
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "asin,title\nB1,Red hat\n");
 * const source = { name: "words", path, columns: ["title"] };
 * (await readItemTexts(source, indexItems(ids, new Uint32Array([0])), "asin")).texts; // ["Red hat"]
 * ```
 */
export async function readItemTexts(
  source: TextSource,
  items: ItemIndex,
  itemColumn: string,
  quote?: QuoteRule,
): Promise<ItemTexts> {
  const table = new TableFiles(source.path);
  const texts = new Array<string>(items.kept.length).fill("");
  const seen = new Uint8Array(items.kept.length);
  let [unknown, repeated, ids] = [0, 0, 0];
  let idName = "";
  let columns: number[] = [];
  let matched = 0;
  const nulls = { count: 0, example: "" };
  const filled = source.columns.map(() => false);
  const { remarks } = await table.read({
    get ids() {
      return [ids];
    },
    columns(names, format) {
      const { idColumn, path } = source;
      const choice = { itemColumn, idColumn, option: "text", form: textForm };
      ids = requireIdColumn(names, choice, path, format);
      columns = source.columns.map((name) => namedColumn(names, name, "text", source.path, format));
      idName = names[ids];
      return [ids, ...columns];
    },
    row(row) {
      const id = items.ids.find(row.bytes, row.start[ids], row.end[ids]);
      const item = id < 0 ? -1 : items.indexOf[id];
      if (item < 0) return unknown++;
      if (seen[item] === 1) return repeated++;
      seen[item] = 1;
      matched++;
      const parts = columns.map((column) => fieldText(row, column).trim());
      parts.forEach((part, n) => filled[n] ||= part !== "");
      texts[item] = parts.join(" ").trim();
      const word = parts.find((part) => /\w/.test(part) && isNullWord(part));
      if (word !== undefined && nulls.count++ === 0) nulls.example = word;
    },
  }, quote);
  const emptyColumns = source.columns.filter((_, n) => matched > 0 && !filled[n]);
  return {
    texts,
    source: table.fingerprint(),
    idColumn: idName,
    unknown,
    repeated,
    matched,
    emptyColumns,
    remarks: [...remarks, ...nullRemarks(nulls)],
  };
}

function nullRemarks({ count, example }: { count: number; example: string }): string[] {
  if (count === 0) return [];
  return [
    `For ${
      counted(count, "item")
    } a text is "${example}" or alike, and is read as a word: if it means ` +
    "that there is none, leave it empty in the file",
  ];
}
