/**
 * The items that may be given: a list of ids, or a table with a row an item, of which `--filter` may
 * keep some.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import { excerpt } from "../../data/excerpt.ts";
import { ownerName } from "../../data/former_folder.ts";
import { type ListedId, mostListBytes, parseIdLines } from "../../data/id_list.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { idColumn as guessedIdColumn, requireIdColumn } from "../../data/ingest/id_column.ts";
import { decodeText, tooLarge } from "../../data/regular_file.ts";
import type { ItemMeta } from "../../data/item_meta.ts";
import { ByteSource } from "../../data/table/byte_source.ts";
import { guessForm } from "../../data/table/guess_form.ts";
import { Remarks } from "../../data/table/remarks.ts";
import { fieldText, placeOf, type TableSink } from "../../data/table/table.ts";
import { isNoTextFile, TableFiles } from "../../data/table/table_files.ts";
import { readTable, type TableSize } from "../../data/table/table_reader.ts";
import { DataError, inWords } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import type { TableParts } from "../common/path_forms.ts";
import { shownPath } from "../common/paths.ts";
import { keptRows, parseFilter, type RowFilter } from "./row_filter.ts";

/** Where the items are named. */
export interface StockSource extends TableParts {
  /** Which rows of a table count (default: all). */
  readonly filter?: string;
}

/** The ids of items that may be given. */
export interface StockList {
  /** Each id once, in the order of its first row. */
  readonly ids: readonly ListedId[];
  /** What a user should know of how they were read. */
  readonly notes: readonly string[];
}

const lineFeed = 10;

/**
 * Reads the items that may be given. A file is a table where it is Parquet or Arrow, where its first line
 * names a column of items, or where a filter or a column of ids says that it is one; otherwise it is a
 * list, an id a line. A folder and a pattern are tables.
 *
 * @param source A file, a folder, a pattern, or `-` for stdin.
 * @param items The ids of the dataset's items, which the first line may be one of.
 * @param itemColumn The name of the item column of the interactions.
 * @throws {DataError} It cannot be read, names nothing, or no row passes the filter.
 * @throws {UsageError} A column is not there, or the filter cannot be used.
 */
export async function readStockList(
  source: StockSource,
  items: Identifiers,
  itemColumn: string,
): Promise<StockList> {
  const { path, filter, idColumn } = source;
  if (await isNoTextFile(path)) {
    const files = new TableFiles(path);
    return await readStockTable(files.name, (sink) => files.read(sink), source, itemColumn);
  }
  const bytes = await readAll(new ByteSource(path));
  const name = path === "-" ? "stdin" : path;
  const names = firstNames(bytes);
  if (filter !== undefined && names.length === 1 && names[0] !== "{") {
    throw new DataError(
      `Cannot use --filter with "${name}": its first line has one field, "${excerpt(names[0])}", ` +
        "expected column names",
      "Give a table of items: sku,stock and a row for each, for example",
    );
  }
  const isTable = filter !== undefined || idColumn !== undefined ||
    isHeader(names, items, itemColumn, name);
  if (!isTable) return { ids: parseIdLines(decodeText(bytes, name), name), notes: [] };
  const blocks = async function* () {
    yield bytes;
  };
  const read = (sink: TableSink) => readTable({ name, blocks }, sink);
  return await readStockTable(name, read, source, itemColumn);
}

/**
 * The name of the item column of the interactions that a dataset was made of; `itemID` where it was
 * made elsewhere.
 *
 * @param folder The dataset's folder.
 */
export async function itemColumnOf(folder: string): Promise<string> {
  try {
    const { interactions } = JSON.parse(await Deno.readTextFile(`${folder}/${ownerName}`));
    return String(interactions.columns.item);
  } catch {
    return "itemID";
  }
}

/**
 * The modalities of a dataset that `preprocess` made of texts.
 *
 * @param folder The dataset's folder.
 * @returns None where it was not made by `preprocess`.
 */
export async function textModalities(folder: string): Promise<ReadonlySet<string>> {
  try {
    const { modalities } = JSON.parse(await Deno.readTextFile(`${folder}/${ownerName}`));
    return new Set(
      modalities.filter(({ kind }: { kind: unknown }) => kind === "text")
        .map(({ name }: { name: unknown }) => String(name)),
    );
  } catch {
    return new Set();
  }
}

async function readStockTable(
  name: string,
  read: (sink: TableSink) => Promise<TableSize>,
  { filter: expression, idColumn }: StockSource,
  itemColumn: string,
): Promise<StockList> {
  const ids: ListedId[] = [];
  const fields: string[][] = [];
  const notes: string[] = [];
  let filter: RowFilter | undefined;
  let place = 0;
  const { remarks } = await read({
    keepsObjects: true,
    get ids() {
      return [place];
    },
    columns(names, format) {
      const choice = { itemColumn, idColumn, option: "items", form: "FILE#ID_COLUMN" };
      place = requireIdColumn(names, choice, name, format);
      const guessed = idColumn === undefined
        ? " (guessed; change with --items FILE#ID_COLUMN)"
        : "";
      notes.push(`Reading ${name}, ${format}: item "${excerpt(names[place])}"${guessed}`);
      if (expression !== undefined) filter = parseFilter(expression, names, name);
      for (const _ of filter?.columns ?? []) fields.push([]);
      return [place, ...filter?.columns ?? []];
    },
    row(row) {
      ids.push({ id: fieldText(row, place), place: placeOf(row) });
      filter?.columns.forEach((column, n) => fields[n].push(fieldText(row, column)));
    },
  });
  notes.push(...remarks.map((remark) => inWords(remark, flags)));
  if (filter === undefined) return { ids: distinct(ids), notes };
  const { rows, notes: passing } = passingRows(filter, fields, name);
  return { ids: distinct(rows.map((row) => ids[row])), notes: [...notes, ...passing] };
}

/**
 * The items of a dataset of which what is known passes a filter.
 *
 * @param meta What is known of them.
 * @param items Number of items.
 * @param expression The filter.
 * @returns Their indices, ascending, and what a user should know.
 * @throws {UsageError} A column is not there, or the filter cannot be used.
 * @throws {DataError} No item passes.
 */
export function passingItems(
  meta: ItemMeta,
  items: number,
  expression: string,
): { indices: Uint32Array<ArrayBuffer>; notes: readonly string[] } {
  const path = shownPath(meta.path);
  const filter = parseFilter(expression, meta.columns, path);
  const known = Array.from(Array(items).keys()).filter((item) => meta.fieldsOf(item) !== undefined);
  const fields = filter.columns.map((column) => known.map((item) => meta.fieldsOf(item)![column]));
  const { rows, notes } = passingRows(filter, fields, path);
  const without = items - known.length;
  const left = without > 0 ? [`${counted(without, "item")} without a row in ${path} left out`] : [];
  return { indices: Uint32Array.from(rows, (row) => known[row]), notes: [...notes, ...left] };
}

function passingRows(
  filter: RowFilter,
  fields: readonly (readonly string[])[],
  source: string,
): { rows: readonly number[]; notes: readonly string[] } {
  const { rows, remarks } = keptRows(filter, fields, source);
  const all = counted(fields[0].length, "row");
  if (rows.length === 0) {
    throw new DataError(
      `Cannot use --filter "${filter.expression}": none of the ${all} of "${source}" passes`,
      "Loosen it, or check the columns that it uses",
    );
  }
  const passing = `${grouped(rows.length)} of ${all} of ${source} pass ${filter.expression}`;
  return { rows, notes: [...remarks, passing] };
}

/** Several rows may have an item, such as one for each warehouse. */
function distinct(ids: readonly ListedId[]): ListedId[] {
  const found = new Map<string, ListedId>();
  for (const listed of ids) {
    if (listed.id !== "" && !found.has(listed.id)) found.set(listed.id, listed);
  }
  return [...found.values()];
}

/** Whether names are those of columns, and one of them is of items; an item may be called as a column is. */
function isHeader(
  names: readonly string[],
  items: Identifiers,
  itemColumn: string,
  source: string,
): boolean {
  if (names[0] === "{") return true;
  if (names.length === 1 && items.indexOf(names[0]) !== undefined) return false;
  return guessedIdColumn(names, itemColumn, source) >= 0;
}

/** The fields of the first line as far as they tell what they are; `{` where it is an object. */
function firstNames(bytes: Uint8Array): string[] {
  const { form, skipped } = guessForm(bytes, "guess", new Remarks());
  const end = bytes.indexOf(lineFeed, skipped);
  const line = new TextDecoder().decode(bytes.subarray(skipped, end === -1 ? undefined : end));
  if (line.trimStart().startsWith("{")) return ["{"];
  return line.split(String.fromCharCode(form.delimiter!))
    .map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
}

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const block of source.blocks()) {
    size += block.length;
    if (size > mostListBytes) throw tooLarge(source.name, size, mostListBytes);
    blocks.push(block.slice());
  }
  return await new Blob(blocks).bytes();
}
