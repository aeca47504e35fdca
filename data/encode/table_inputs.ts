/**
 * Texts, or paths of images, from columns of a table.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { namedColumn } from "../ingest/column_choice.ts";
import { requireIdColumn } from "../ingest/id_column.ts";
import type { Fingerprint } from "../table/byte_source.ts";
import { fieldText, type QuoteRule } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";
import type { EncoderInput } from "./encoder.ts";

/** Inputs of an encoder, and what was found on the way. */
export interface FoundInputs {
  /** One an item. */
  readonly inputs: readonly EncoderInput[];
  /** Items that have a row but nothing in it. */
  readonly empty: readonly string[];
  /** Rows of items that are not wanted. */
  readonly unknown: number;
  /** Rows of an item that has one before. */
  readonly repeated: number;
  /** The files that were read, without images. */
  readonly sources: readonly Fingerprint[];
  /** How rows were matched with items, in a few words. */
  readonly rowsAre: string;
  /** What is odd and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
}

/** A table with something to encode. */
export interface InputTable {
  /** The table. */
  readonly path: string;
  /** Its column of ids (default: guessed). */
  readonly idColumn?: string;
  /** Its columns, which are read as one. */
  readonly columns: readonly string[];
}

/** How a table is read. */
export interface TableReading {
  /** The setting that names the table. */
  readonly option: string;
  /** How its value names a column of ids. */
  readonly form: string;
  /** The name of an item column, by which ids are looked for first. */
  readonly itemColumn: string;
  /** What quotation marks mean. */
  readonly quote?: QuoteRule;
  /** Which items are wanted (default: all). */
  readonly isWanted?: (id: string) => boolean;
}

/**
 * Reads what a table has for each item, from the first row that has the item: the interactions themselves
 * can be the table.
 *
 * @param table The table.
 * @param reading How it is read.
 * @throws {DataError} It is malformed, or its column of ids cannot be told.
 * @throws {UsageError} A named column is not there.
 * @example
 * ```ts
 * import { tableInputs } from "./table_inputs.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "item,title\nB1,Red hat\n");
 * const reading = { option: "text", form: "FILE#ID_COLUMN:COLUMN", itemColumn: "item" };
 * (await tableInputs({ path, columns: ["title"] }, reading)).inputs;
 * // [{ id: "B1", content: "Red hat" }]
 * ```
 */
export async function tableInputs(
  { path, idColumn, columns }: InputTable,
  { option, form, itemColumn, quote, isWanted = () => true }: TableReading,
): Promise<FoundInputs> {
  const table = new TableFiles(path);
  const inputs: EncoderInput[] = [];
  const empty: string[] = [];
  const seen = new Set<string>();
  let [unknown, repeated, ids] = [0, 0, 0];
  let places: number[] = [];
  let idName = "";
  const { remarks } = await table.read({
    get ids() {
      return [ids];
    },
    columns(names, format) {
      ids = requireIdColumn(names, { itemColumn, idColumn, option, form }, path, format);
      places = columns.map((name) => namedColumn(names, name, option, path, format));
      idName = names[ids];
      return [ids, ...places];
    },
    row(row) {
      const id = fieldText(row, ids);
      if (!isWanted(id)) return unknown++;
      if (seen.has(id)) return repeated++;
      seen.add(id);
      const content = places.map((place) => fieldText(row, place).trim()).join(" ").trim();
      if (content === "") empty.push(id);
      else inputs.push({ id, content });
    },
  }, quote);
  const rowsAre = `by the column "${idName}"`;
  const sources = [table.fingerprint()];
  return { inputs, empty, unknown, repeated, sources, rowsAre, remarks };
}
