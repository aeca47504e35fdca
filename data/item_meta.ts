/**
 * `items_meta.csv` of a dataset: names, prices and whatever else is known of items. Models read none
 * of it; it is for people and programs that read recommendations.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import { excerpt } from "./excerpt.ts";
import { exists } from "./exists.ts";
import type { Identifiers } from "./identifiers.ts";
import { nameColumn } from "./ingest/name_column.ts";
import { ByteSource } from "./table/byte_source.ts";
import { delimiterBytes, fieldText, type TableSink } from "./table/table.ts";
import { readTable } from "./table/table_reader.ts";

/** The name of the file in a dataset's folder. */
export const itemMetaFile = "items_meta.csv";

const nextStep = "Run preprocess again, which writes this file with the dataset, or correct it";

/** What is known of the items of a dataset beside their interactions and features. */
export interface ItemMeta {
  /** The file. */
  readonly path: string;
  /** The columns beside the id, in the order of the file. */
  readonly columns: readonly string[];
  /** The column that names an item for people; nothing where there is none. */
  readonly nameColumn?: string;
  /**
   * The fields of an item, one a column; nothing where the file does not have the item.
   *
   * @param item Its index.
   */
  fieldsOf(item: number): readonly string[] | undefined;
  /**
   * The name of an item; nothing where it has none.
   *
   * @param item Its index.
   */
  nameOf(item: number): string | undefined;
}

/**
 * Writes the file: the column of ids first, then the others, and a row for each item that has one.
 *
 * @param path The file; its folder must exist.
 * @param columns The names of the columns, that of the ids first; none twice.
 * @param rows The fields of each row.
 * @throws {BandpassError} The file cannot be written.
 * @example
 * ```ts
 * import { writeItemMeta } from "./item_meta.ts";
 * const path = `${await Deno.makeTempDir()}/items_meta.csv`;
 * await writeItemMeta(path, ["sku", "title"], [["B001", "Red hat"]]);
 * ```
 */
export async function writeItemMeta(
  path: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { table } = await import("arquero");
  const entries = columns.map((name, n) => [name, rows.map((row) => row[n])] as const);
  await writeFileAtomically(path, table(entries).toCSV());
}

/**
 * Reads the file of a dataset. Rows of items that the dataset does not have are passed over.
 *
 * @param folder The dataset's folder.
 * @param itemIds The ids of its items, which the first column has.
 * @returns Nothing where the dataset has no such file.
 * @throws {DataError} It is no CSV, or has an item or the name of a column twice.
 * @example
 * ```ts
 * import { indices } from "./identifiers.ts";
 * import { readItemMeta, writeItemMeta } from "./item_meta.ts";
 * const folder = await Deno.makeTempDir();
 * await writeItemMeta(`${folder}/items_meta.csv`, ["id", "title"], [["1", "Red hat"]]);
 * (await readItemMeta(folder, indices(2)))?.nameOf(1); // "Red hat"
 * ```
 */
export async function readItemMeta(
  folder: string,
  itemIds: Identifiers,
): Promise<ItemMeta | undefined> {
  const path = `${folder}/${itemMetaFile}`;
  if (!await exists(path)) return undefined;
  const fields = new Map<number, string[]>();
  let columns: readonly string[] = [];
  const sink: TableSink = {
    columns(names) {
      const repeated = names.find((name, n) => names.indexOf(name) < n);
      if (repeated !== undefined) {
        throw new DataError(
          `Cannot read "${path}": two columns are named "${excerpt(repeated)}"`,
          nextStep,
        );
      }
      columns = names.slice(1);
      return names.map((_, n) => n);
    },
    row(row) {
      const id = fieldText(row, 0);
      const item = itemIds.indexOf(id);
      if (item === undefined) return;
      if (fields.has(item)) {
        throw new DataError(
          `Cannot read "${path}": line ${row.line} repeats the item "${excerpt(id)}"`,
          nextStep,
        );
      }
      fields.set(item, columns.map((_, n) => fieldText(row, n + 1)));
    },
  };
  const form = { delimiter: delimiterBytes.comma, quoted: true, nextStep };
  await readTable(new ByteSource(path, { regular: true }), sink, form);
  const named = nameColumn(columns);
  const place = named === undefined ? -1 : columns.indexOf(named);
  return {
    path,
    columns,
    nameColumn: named,
    fieldsOf: (item) => fields.get(item),
    nameOf: (item) => fields.get(item)?.[place]?.trim() || undefined,
  };
}
