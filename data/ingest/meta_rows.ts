/**
 * What a table says of the items of a dataset: names, prices and whatever else, as it stands.
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { Fingerprint } from "../table/byte_source.ts";
import { fieldText, type QuoteRule } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";
import { requireIdColumn } from "./id_column.ts";
import type { ItemIndex } from "./item_index.ts";
import { LateKeys } from "./late_keys.ts";

/** Where it comes from. */
export interface MetaSource {
  /** A table. */
  readonly path: string;
  /** Its column of ids; `undefined` for the one named as the interactions' item column. */
  readonly idColumn?: string;
}

/** What a table says of items. */
export interface MetaRows {
  /** The table. */
  readonly source: Fingerprint;
  /** The names of its columns, that of the ids first. */
  readonly columns: readonly string[];
  /** The fields of each item of the dataset that has a row, in the order of the items. */
  readonly rows: readonly (readonly string[])[];
  /** The ids of the items of the dataset that have none. */
  readonly missing: readonly string[];
  /** Rows that are of no item of the dataset. */
  readonly unknown: number;
  /** Rows of an item that has one before; the first counts. */
  readonly repeated: number;
  /** The id of the first of these items. */
  readonly repeatedId?: string;
  /** What is odd about the table and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
}

/**
 * Reads all columns of the first row of each item. Columns without a name are left out: they are
 * mostly row numbers.
 *
 * @param source Where they come from.
 * @param items The items.
 * @param itemColumn The name of the interactions' item column.
 * @param quote What quotation marks mean.
 * @throws {DataError} The table is malformed, its column of ids cannot be told, two columns have one
 * name, there is none but the ids, or it has a row of none of the items.
 * @throws {UsageError} The named column is not there.
 * @example
 * ```ts
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * import { readMetaRows } from "./meta_rows.ts";
 * const ids = new IdTable();
 * ids.intern(new TextEncoder().encode("B1"), 0, 2);
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "title,asin\nRed hat,B1\n");
 * const { rows } = await readMetaRows({ path }, indexItems(ids, new Uint32Array([0])), "asin");
 * rows; // [["B1", "Red hat"]]
 * ```
 */
export async function readMetaRows(
  source: MetaSource,
  items: ItemIndex,
  itemColumn: string,
  quote?: QuoteRule,
): Promise<MetaRows> {
  const { path, idColumn } = source;
  const table = new TableFiles(path);
  const found = new Array<string[] | undefined>(items.kept.length);
  let places: number[] = [];
  let columns: string[] = [];
  let [unknown, repeated] = [0, 0];
  let repeatedId: string | undefined;
  const late = new LateKeys();
  const { remarks } = await table.read({
    get ids() {
      return places.slice(0, 1);
    },
    keepsObjects: true,
    columns(names, format) {
      const form = "FILE#ID_COLUMN";
      const ids = requireIdColumn(
        names,
        { itemColumn, idColumn, option: "meta", form },
        path,
        format,
      );
      const others = names.flatMap((name, n) => n === ids || name.trim() === "" ? [] : [n]);
      places = [ids, ...others];
      columns = places.map((n) => names[n].replace(/:\w+$/, ""));
      refuseColumns(columns, path);
      return places;
    },
    lateColumn: (name, place) => late.add(name, place),
    row(row) {
      const ids = places[0];
      const id = items.ids.find(row.bytes, row.start[ids], row.end[ids]);
      const item = id < 0 ? -1 : items.indexOf[id];
      if (item < 0) return unknown++;
      if (found[item] !== undefined) {
        repeatedId ??= found[item][0];
        return repeated++;
      }
      found[item] = places.map((place) => fieldText(row, place));
    },
  }, quote);
  const rows = found.filter((row) => row !== undefined);
  if (rows.length === 0) {
    throw new DataError(
      `Cannot use "${path}": it has no row for any of the ${items.kept.length} items`,
      `Check that its column "${columns[0]}" has the same ids as the interactions; ` +
        "FILE#ID_COLUMN names another id column",
    );
  }
  const missing = Array.from(items.kept).filter((_, item) => found[item] === undefined);
  return {
    source: table.fingerprint(),
    columns,
    rows,
    missing: missing.map((id) => items.ids.id(id)),
    unknown,
    repeated,
    repeatedId,
    remarks: [...remarks, ...late.remarks()],
  };
}

function refuseColumns(columns: readonly string[], path: string): void {
  if (columns.length < 2) {
    throw new DataError(
      `Cannot use "${path}": it has no named column besides the ids "${excerpt(columns[0])}"`,
      "Give a table with more about the items, such as their names and prices",
    );
  }
  const repeated = columns.find((name, n) => columns.indexOf(name) < n);
  if (repeated === undefined) return;
  throw new DataError(
    `Cannot read "${path}": two columns are named "${excerpt(repeated)}"`,
    "Give each column its own name in the first line",
  );
}
