/**
 * Features of items from a table of vectors, keyed by the items' own ids.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import { emptyFeatureRows, type FeatureRows } from "./feature_rows.ts";
import { idColumn } from "./id_column.ts";
import type { ItemIndex } from "./item_index.ts";
import { FeatureColumns } from "./feature_columns.ts";
import { atPlace, fieldText, placeOf, type QuoteRule, type TableRow } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";
import { notANumber, parseNumber, parseVector, type UnreadableNumbers } from "./vector_text.ts";

/**
 * Matches the rows of a table with the items of a dataset. Beside the id a row has one number a
 * column, or all of them in one column (`[0.1, 0.2]`); rows with nothing but the id are missing.
 * Columns without a name are none of them: they are mostly row numbers.
 *
 * @param path The table.
 * @param items The items.
 * @param itemColumn The name of the interactions' item column, by which ids are looked for first.
 * @param quote What quotation marks mean.
 * @throws {DataError} The table is malformed, has no numbers or an item twice.
 * @example
 * ```ts
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * import { matchTable } from "./table_features.ts";
 * const ids = new IdTable();
 * ids.intern(new TextEncoder().encode("B1"), 0, 2);
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, 'id,vector\nB1,"[0.5, 2]"\n');
 * (await matchTable(path, indexItems(ids, new Uint32Array([0])), "asin")).values; // [0.5, 2]
 * ```
 */
export async function matchTable(
  path: string,
  items: ItemIndex,
  itemColumn: string,
  quote?: QuoteRule,
): Promise<FeatureRows> {
  const source = new TableFiles(path);
  let [ids, unknown] = [0, 0];
  let names: readonly string[] = [];
  let features = emptyFeatureRows(items.kept.length, 0);
  let firstPlace = "";
  const placeOfId = new Map<string, string>();
  let taken = new FeatureColumns([], 0);
  const { remarks } = await source.read({
    get ids() {
      return [ids];
    },
    columns(found) {
      names = found;
      // A table of vectors without a name that is known has the id in front.
      ids = Math.max(0, idColumn(found, itemColumn, path));
      taken = new FeatureColumns(found, ids);
      if (names.length === 1) throw noNumbers(path, `the one column "${excerpt(names[0])}"`);
      if (taken.places.length === 0) {
        throw noNumbers(path, `no named column besides "${excerpt(names[ids])}"`);
      }
      return [ids, ...taken.places, ...taken.trailing < 0 ? [] : [taken.trailing]];
    },
    lateColumn(name, place) {
      throw new DataError(
        `Cannot read "${path}": ${place} has the key "${excerpt(name)}", which none of the ` +
          "first objects has",
        "Write every object with the same keys",
      );
    },
    row(row) {
      refuseTrailing(row, taken.trailing, path);
      refuseSecondRow(placeOfId, fieldText(row, ids), placeOf(row), path);
      const id = items.ids.find(row.bytes, row.start[ids], row.end[ids]);
      const item = id < 0 ? -1 : items.indexOf[id];
      const vector = numbersOf(row, taken.places, names, path);
      if (vector.length > 0 && features.columns === 0) {
        features = emptyFeatureRows(items.kept.length, vector.length);
        firstPlace = placeOf(row);
      }
      if (vector.length > 0 && vector.length !== features.columns) {
        throw new DataError(
          `Cannot read "${path}": ${placeOf(row)} has ${vector.length} numbers, expected ` +
            `${features.columns} as ${atPlace(firstPlace)}`,
          "Give each item a vector of the same length",
        );
      }
      if (vector.length === taken.places.length) taken.look(vector);
      if (item < 0) return unknown++;
      if (vector.length === 0) return;
      features.values.set(vector, item * features.columns);
      features.present[item] = 1;
    },
  }, quote);
  if (features.columns === 0) throw noNumbers(path, "only empty fields besides the ids");
  const rowsAre = `by the column "${names[ids]}"`;
  return {
    ...features,
    unknown,
    sources: [source.fingerprint()],
    rowsAre,
    columnsAre: taken.text,
    remarks: [...remarks, ...taken.remarks()],
  };
}

function refuseTrailing(row: TableRow, column: number, path: string): void {
  const text = column < 0 ? "" : fieldText(row, column).trim();
  if (text === "") return;
  throw new DataError(
    `Cannot read "${path}": ${placeOf(row)} has "${
      excerpt(text)
    }" in the last column, which has no ` +
      "name",
    "Name it in the first line if it is a feature; write numbers with a decimal point, as commas part " +
      "fields",
  );
}

function refuseSecondRow(
  placeOfId: Map<string, string>,
  id: string,
  place: string,
  path: string,
): void {
  const before = placeOfId.get(id);
  if (before !== undefined) {
    throw new DataError(
      `Cannot read "${path}": ${before} and ${place} both have the item "${excerpt(id)}"`,
      "Keep one row of features for each item",
    );
  }
  placeOfId.set(id, place);
}

function noNumbers(path: string, found: string): DataError {
  return new DataError(
    `Cannot read "${path}": found ${found}, expected an id and numbers`,
    "Give a table with the item's id and one number per column, or all numbers in one column",
  );
}

function numbersOf(
  row: TableRow,
  columns: readonly number[],
  names: readonly string[],
  path: string,
): number[] {
  const texts = columns.map((column) => fieldText(row, column).trim());
  if (texts.every((text) => text === "")) return [];
  if (texts.length === 1) {
    const vector = parseVector(texts[0]);
    if (Array.isArray(vector)) return vector;
    throw unreadable(row, names[columns[0]], path, vector);
  }
  return texts.map((text, n) => {
    const value = parseNumber(text);
    if (value !== undefined) return value;
    throw unreadable(row, names[columns[n]], path, notANumber(text));
  });
}

function unreadable(
  row: TableRow,
  column: string,
  path: string,
  { text, what, nextStep }: UnreadableNumbers,
): DataError {
  return new DataError(
    `Cannot read "${path}": ${placeOf(row)} has "${excerpt(text)}" in "${
      excerpt(column)
    }", ${what}`,
    nextStep ??
      "Give only numbers besides the item's id; leave all of them empty where they are missing",
  );
}
