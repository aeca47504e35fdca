/**
 * Features of items from a `.npy` file, whose rows are in item order or have their ids in a file
 * beside it.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { readNpy } from "../npy.ts";
import type { Message } from "../../errors.ts";
import { ByteSource, type Fingerprint } from "../table/byte_source.ts";
import { emptyFeatureRows, type FeatureRows } from "./feature_rows.ts";
import { idColumn } from "./id_column.ts";
import type { ItemIndex } from "./item_index.ts";
import { fieldText, hasNoHeader, placeOf, type QuoteRule } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";

/**
 * Matches the rows of a `.npy` file with the items of a dataset.
 *
 * Without a file of ids, row n is of the item with the id `n` where all ids are such numbers, else
 * of the item that appears as n-th in the interactions. Rows of NaN throughout are missing.
 *
 * @param path The `.npy` file, `(rows, columns)`.
 * @param idPath A file with the id of each row.
 * @param items The items.
 * @param itemColumn The name of the interactions' item column, by which ids are looked for first.
 * @param quote What quotation marks of the file of ids mean.
 * @throws {DataError} A file is malformed, they do not fit each other or the items, or an id is
 * there twice.
 * @example
 * ```ts
 * import { writeNpy } from "../npy.ts";
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * import { matchNpy } from "./npy_features.ts";
 * const ids = new IdTable();
 * for (const id of "ab") ids.intern(new TextEncoder().encode(id), 0, 1);
 * const path = `${await Deno.makeTempDir()}/image.npy`;
 * await writeNpy(path, [2, 1], new Float32Array([5, 6]));
 * (await matchNpy(path, undefined, indexItems(ids, new Uint32Array([1])), "asin")).values; // [6]
 * ```
 */
export async function matchNpy(
  path: string,
  idPath: string | undefined,
  items: ItemIndex,
  itemColumn: string,
  quote?: QuoteRule,
): Promise<FeatureRows> {
  const { shape, values } = await readNpy(path);
  if (shape.length !== 2 || shape[1] === 0) {
    throw new DataError(
      `Cannot read "${path}": found shape (${shape.join(", ")}), expected (items, columns)`,
      "Save a matrix with one row per item: numpy.save(path, array.reshape(items, -1))",
    );
  }
  const [rows, columns] = shape;
  const file = new ByteSource(path);
  await file.readStored(); // Its hash tells which file it was.
  const ids = idPath === undefined ? undefined : await readRowIds(
    ...[idPath, rows, path, itemColumn, quote] as const,
    (text) => items.ids.indexOf(text) >= 0,
  );
  const { rowsAre, order } = ids === undefined
    ? itemOrder(rows, path, items)
    : { rowsAre: `by "${idPath}"`, order: ids.ids.map((id) => items.ids.indexOf(id)) };
  const features = emptyFeatureRows(items.kept.length, columns);
  let unknown = 0;
  order.forEach((id, row) => {
    const item = id < 0 ? -1 : items.indexOf[id];
    if (item < 0) return unknown++;
    const vector = values.subarray(row * columns, (row + 1) * columns);
    // numpy.nan throughout is how missing rows are commonly written.
    if (vector.every((value) => Number.isNaN(value))) return;
    const bad = vector.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new DataError(
        `Cannot read "${path}": row ${row}, column ${bad} (counted from 0) is ${vector[bad]} as ` +
          "a 32-bit number, expected a finite number",
        "Correct it, or set the whole row to NaN to have it filled by the mean",
      );
    }
    features.values.set(vector, item * columns);
    features.present[item] = 1;
  });
  const sources = [file.fingerprint(), ...(ids === undefined ? [] : [ids.source])];
  return { ...features, unknown, sources, rowsAre, remarks: ids?.remarks ?? [] };
}

/** The item of each row without a file of ids, by its index in `items.ids`. */
function itemOrder(rows: number, path: string, { ids }: ItemIndex) {
  const texts = Array.from({ length: ids.size }, (_, index) => ids.id(index));
  const integers = texts.every((id) => /^(0|[1-9]\d{0,9})$/.test(id));
  if (integers && texts.every((id) => Number(id) < rows)) {
    const order = new Array<number>(rows).fill(-1);
    texts.forEach((id, index) => order[Number(id)] = index);
    return { rowsAre: "the item ids, which are integers from 0", order };
  }
  // Integers from 1, say, could mean either order: a guess would be wrong without a word.
  if (integers || rows !== ids.size) {
    const wanted = integers
      ? `a row for each item id up to ${texts.reduce((most, id) => Math.max(most, Number(id)), 0)}`
      : `${ids.size}, one for each item of the interactions in order of first appearance`;
    throw new DataError(
      `Cannot use "${path}": found ${rows} rows, expected ${wanted}, or an id file`,
      ({ setting }) =>
        "Name a file with the id of each row after a number sign: " +
        setting("features", "NAME=FILE.npy#IDS.csv"),
    );
  }
  return {
    rowsAre: "all items of the interactions in order of first appearance",
    order: Array.from({ length: rows }, (_, index) => index),
  };
}

/** The ids of the rows of a `.npy` file. */
export interface RowIds {
  /** The id of each row, none twice. */
  readonly ids: readonly string[];
  /** The file that has them. */
  readonly source: Fingerprint;
  /** What is odd about it and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
}

/**
 * Reads the ids of the rows of a `.npy` file: one per line, or a table with a column of ids.
 *
 * @param idPath The file.
 * @param rows Rows of the `.npy` file.
 * @param path The `.npy` file, for messages.
 * @param itemColumn The name of the interactions' item column, by which ids are looked for first.
 * @param quote What quotation marks mean.
 * @param isId Whether a text is the id of an item: the first line may be one.
 * @throws {DataError} It is malformed, has another number of ids, or one twice.
 */
export async function readRowIds(
  idPath: string,
  rows: number,
  path: string,
  itemColumn: string,
  quote?: QuoteRule,
  isId: (text: string) => boolean = () => false,
): Promise<RowIds> {
  const source = new TableFiles(idPath);
  const ids: string[] = [];
  let [column, named, first, indices] = [0, true, "", -1];
  const { remarks } = await source.read({
    get ids() {
      return [column];
    },
    columns(names, format) {
      const found = idColumn(names, itemColumn, idPath);
      column = Math.max(0, found);
      named = found >= 0 || hasNoHeader(format);
      first = names[column];
      // The file of a dataset's own ids says which row each is of.
      indices = named && names[column] === "id" ? names.indexOf("itemID") : -1;
      return indices < 0 ? [column] : [column, indices];
    },
    row(row) {
      const index = indices < 0 ? undefined : fieldText(row, indices);
      if (index !== undefined && index !== String(ids.length)) {
        throw new DataError(
          `Cannot use "${idPath}": ${placeOf(row)} has the itemID "${excerpt(index)}", expected ` +
            `${ids.length}: its lines are to be in the order of the rows of "${path}"`,
          "Sort it by itemID",
        );
      }
      ids.push(fieldText(row, column));
    },
  }, quote);
  // A list of ids has no header; a first line that is none is told by its text.
  if (!named && (ids.length + 1 === rows || isId(first))) ids.unshift(first);
  if (ids.length !== rows) {
    throw new DataError(
      `Cannot use "${idPath}": found ${ids.length} ids, expected ${rows}, one for each row of ` +
        `"${path}"`,
      "Write one id per line, in the order of the rows",
    );
  }
  const rowOf = new Map<string, number>();
  ids.forEach((id, row) => {
    const before = rowOf.get(id);
    if (before !== undefined) {
      throw new DataError(
        `Cannot use "${idPath}": rows ${before} and ${row} (counted from 0) both have the id "${
          excerpt(id)
        }"`,
        "Keep one row of features for each item",
      );
    }
    rowOf.set(id, row);
  });
  return { ids, source: source.fingerprint(), remarks };
}
