/**
 * The ids and features of items that came after a dataset was made, from files like those that it was made of.
 *
 * @module
 */
import { DataError, type Message, UsageError } from "../../errors.ts";
import { counted } from "../counts.ts";
import type { Dataset, Modality } from "../dataset.ts";
import { excerpt } from "../excerpt.ts";
import { encodedEnding, readEncoded } from "../encode/encoded_file.ts";
import type { NewItems } from "../new_items.ts";
import { readNpyShape } from "../npy.ts";
import { fieldText, placeOf, type QuoteRule } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";
import { matchEncodedFile } from "./encoded_features.ts";
import { idColumn, requireIdColumn } from "./id_column.ts";
import { IdTable } from "./id_table.ts";
import { indexItems } from "./item_index.ts";
import { readItemTexts } from "./item_texts.ts";
import { matchNpy, readRowIds } from "./npy_features.ts";
import { matchTable } from "./table_features.ts";
import { featuresOfTexts, readTextFit, type TextFit, textFitFile } from "./text_fit.ts";

/** A file with features or texts of new items. */
export interface NewItemSource {
  /** The modality that it is of (default: all that are made of texts, or the only one). */
  readonly name?: string;
  /** A table, or a `.npy` file. */
  readonly path: string;
  /** For `.npy`: the file with the id of each row. */
  readonly idPath?: string;
  /** The table's column of ids (default: it is looked for). */
  readonly idColumn?: string;
}

/** How they are read. */
export interface NewItemReading {
  /** The name of the interactions' item column, by which ids are looked for first. */
  readonly itemColumn: string;
  /** Modalities that are made of texts, whether or not it is known how. */
  readonly textModalities: ReadonlySet<string>;
  /** Told what is odd about a file and was read all the same. */
  readonly note?: (remark: Message) => void;
}

/** A file, and what it is read for. */
interface Part {
  readonly source: NewItemSource;
  readonly modality: Modality;
  /** How its texts become features; nothing where it has features. */
  readonly fit?: TextFit;
}

/** How the files name their columns of ids. */
const form = "FILE#ID_COLUMN";
const quote: QuoteRule = "guess";

/**
 * Reads new items.
 *
 * @param dataset The dataset that they come to.
 * @param sources The files; an item may be in some of them only.
 * @param reading How they are read.
 * @throws {DataError} A file is malformed, has no items, or it is not known how its texts become features.
 * @throws {UsageError} The dataset has no such modality, or it is not said which is meant.
 */
export async function readNewItems(
  dataset: Dataset,
  sources: readonly NewItemSource[],
  reading: NewItemReading,
): Promise<NewItems> {
  const parts: Part[] = [];
  for (const source of sources) parts.push(...await partsOf(dataset, source, reading));
  refuseSecondFile(parts);
  const table = new IdTable();
  for (const part of parts) {
    for (const id of await idsOf(part, reading.itemColumn)) {
      const bytes = new TextEncoder().encode(id);
      table.intern(bytes, 0, bytes.length);
    }
  }
  const index = indexItems(table, Uint32Array.from({ length: table.size }, (_, n) => n));
  const features = new Map<string, Float32Array>();
  for (const { source: { name: _, ...source }, modality, fit } of parts) {
    const { name } = modality;
    if (fit !== undefined) {
      const texts = { ...source, name, columns: fit.textColumns };
      const read = await readItemTexts(texts, index, reading.itemColumn, quote);
      for (const remark of read.remarks) reading.note?.(remark);
      if (read.repeated > 0) {
        reading.note?.(
          `"${source.path}" has ${counted(read.repeated, "row")} of an item that has one before: ` +
            "the first of each is used",
        );
      }
      features.set(name, featuresOfTexts(read.texts, fit));
      continue;
    }
    const { path, idPath } = source;
    const read = path.endsWith(encodedEnding)
      ? await matchEncodedFile(path, index)
      : idPath === undefined
      ? await matchTable(path, index, reading.itemColumn, quote)
      : await matchNpy(path, idPath, index, reading.itemColumn, quote);
    for (const remark of read.remarks) reading.note?.(remark);
    features.set(name, read.values);
  }
  return { ids: Array.from({ length: table.size }, (_, n) => table.id(n)), features };
}

/** The modalities that a file is read for. */
async function partsOf(
  dataset: Dataset,
  source: NewItemSource,
  { textModalities }: NewItemReading,
): Promise<Part[]> {
  const { modalities, name, folder } = dataset;
  const named = modalities.map((one) => `"${one.name}"`).join(", ");
  const isMeant = (one: Modality) =>
    source.name === undefined
      ? modalities.length === 1 || textModalities.has(one.name)
      : one.name === source.name;
  const meant = modalities.filter(isMeant);
  if (meant.length === 0 && modalities.length > 0) {
    throw new UsageError(
      source.name === undefined
        ? `Cannot use "${source.path}" for new items: "${name}" has ${named}`
        : `Cannot use features "${excerpt(source.name)}" of new items: "${name}" has ${named}`,
      ({ setting }) => `Name one: ${setting("new_items", `${modalities[0].name}=${source.path}`)}`,
    );
  }
  const parts: Part[] = [];
  for (const modality of meant) {
    const fit = folder === undefined
      ? undefined
      : await readTextFit(`${folder}/${textFitFile(modality.name)}`, modality.columns);
    if (fit === undefined && textModalities.has(modality.name)) {
      throw new DataError(
        `Cannot make features "${modality.name}" of texts: "${name}" does not have ` +
          `${textFitFile(modality.name)}, which older versions did not keep`,
        ({ command }) =>
          `Make the dataset again with ${command("preprocess")}, and train on it again`,
      );
    }
    refuseForm(source, fit);
    parts.push({ source, modality, fit });
  }
  return parts;
}

function refuseSecondFile(parts: readonly Part[]): void {
  const first = new Map<string, string>();
  for (const { modality: { name }, source: { path } } of parts) {
    const other = first.get(name);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot use "${other}" and "${path}" for new items: both are read for "${name}"`,
        "Put their rows in one file",
      );
    }
    first.set(name, path);
  }
}

function refuseForm({ path, idPath, idColumn }: NewItemSource, fit?: TextFit): void {
  if (idColumn !== undefined && fit === undefined) {
    throw new UsageError(
      `Cannot use the column "${
        excerpt(idColumn)
      }" of "${path}" for new items: only a table of texts ` +
        "can have its column of ids named",
      "Leave it out, and have the ids in the first column",
    );
  }
  const isArray = path.endsWith(".npy");
  if ((isArray || path.endsWith(encodedEnding)) && fit !== undefined) {
    throw new UsageError(
      `Cannot use "${path}" for new items: expected a table with the columns ` +
        fit.textColumns.map((column) => `"${column}"`).join(", "),
      "These features are made of texts",
    );
  }
  if (isArray && idPath === undefined) {
    throw new UsageError(
      `Cannot use "${path}" for new items: whose its rows are is not said`,
      "Name a file with the id of each row after a number sign: NAME=FILE.npy#IDS.csv",
    );
  }
}

/** The ids of a file, in its order. */
async function idsOf({ source, fit }: Part, itemColumn: string): Promise<readonly string[]> {
  const { path, idPath } = source;
  if (path.endsWith(encodedEnding)) return (await readEncoded(path)).ids;
  if (idPath !== undefined) {
    const [rows] = await readNpyShape(path);
    return (await readRowIds(idPath, rows, path, itemColumn, quote)).ids;
  }
  const ids: string[] = [];
  let column = 0;
  await new TableFiles(path).read({
    get ids() {
      return [column];
    },
    columns(names, format) {
      if (fit !== undefined) requireTextColumns(names, fit, path);
      // As they are looked for where features and texts are read.
      column = fit === undefined ? Math.max(0, idColumn(names, itemColumn, path)) : requireIdColumn(
        names,
        { itemColumn, idColumn: source.idColumn, option: "new_items", form },
        path,
        format,
      );
      return [column];
    },
    row(row) {
      const id = fieldText(row, column);
      if (id.trim() === "") {
        throw new DataError(
          `Cannot read "${path}": ${placeOf(row)} has no item id`,
          "Give each new item an id of its own",
        );
      }
      ids.push(id);
    },
  }, quote);
  return ids;
}

function requireTextColumns(
  names: readonly string[],
  { textColumns }: TextFit,
  path: string,
): void {
  const bare = names.map((name) => name.replace(/:\w+$/, ""));
  const missing = textColumns.find((column) => !names.includes(column) && !bare.includes(column));
  if (missing === undefined) return;
  throw new DataError(
    `Cannot read "${path}": found no column "${
      excerpt(missing)
    }", of whose texts features are made`,
    `Give the columns ${
      textColumns.map((column) => `"${column}"`).join(", ")
    }, empty where there is no text`,
  );
}
