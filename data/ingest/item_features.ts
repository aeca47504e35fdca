/**
 * Features of items from `.npy` files, from tables of vectors, and from what `encode` has written.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import type { Modality } from "../dataset.ts";
import type { Fingerprint } from "../table/byte_source.ts";
import type { QuoteRule } from "../table/table.ts";
import { encodedEnding } from "../encode/encoded_file.ts";
import { constantRemarks } from "./constant_columns.ts";
import { matchEncodedFile } from "./encoded_features.ts";
import type { FeatureRows } from "./feature_rows.ts";
import { fillMissing } from "./fill_missing.ts";
import type { ItemIndex } from "./item_index.ts";
import { matchNpy } from "./npy_features.ts";
import { matchTable } from "./table_features.ts";

/** Where features come from. */
export interface FeatureSource {
  /** The modality's name. */
  readonly name: string;
  /** A `.npy` file, a file of encoded features, or a table. */
  readonly path: string;
  /** For `.npy`: a file with the id of each row; `undefined` where rows are in item order. */
  readonly idPath?: string;
}

/** Features, and how they came to be. */
export interface IngestedFeatures {
  /** One row an item of the dataset. */
  readonly modality: Modality;
  /** The file, and the file of ids. */
  readonly sources: readonly Fingerprint[];
  /** How rows were matched with items, in a few words. */
  readonly rowsAre: string;
  /** Items that had no features, and got the mean. */
  readonly missing: number;
  /** Rows that are of no item of the dataset. */
  readonly unknown: number;
  /** What the columns are called; `undefined` where they have no names. */
  readonly columnsAre?: string;
  /** What is odd about them and was read all the same, a sentence each. */
  readonly remarks: readonly Message[];
  /** How an encoder has made them; `undefined` where it is not known that one has. */
  readonly encoding?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the features of a dataset's items; items without any get the mean.
 *
 * @param source Where they come from.
 * @param items The items.
 * @param itemColumn The name of the interactions' item column, by which ids are looked for first.
 * @param quote What quotation marks of a table mean.
 * @throws {DataError} The file is malformed, names an item twice, does not fit the items, or has
 * features of none of them.
 * @example
 * ```ts
 * import { ingestFeatures } from "./item_features.ts";
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * const ids = new IdTable();
 * for (const id of "ab") ids.intern(new TextEncoder().encode(id), 0, 1);
 * const items = indexItems(ids, new Uint32Array([0, 1]));
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "asin,x,y\nb,3,4\n");
 * (await ingestFeatures({ name: "image", path }, items, "asin")).missing; // 1
 * ```
 */
export async function ingestFeatures(
  source: FeatureSource,
  items: ItemIndex,
  itemColumn: string,
  quote?: QuoteRule,
): Promise<IngestedFeatures> {
  const { path, idPath } = source;
  const rows = path.endsWith(".npy")
    ? await matchNpy(path, idPath, items, itemColumn, quote)
    : path.endsWith(encodedEnding)
    ? await matchEncodedFile(path, items)
    : await matchTable(path, items, itemColumn, quote);
  return featuresOf(source.name, rows, path, items.known);
}

/**
 * A modality of rows; items without any get the mean.
 *
 * @param name Its name.
 * @param rows The rows.
 * @param path Where they come from, for messages.
 * @param known The items that the mean is taken of (default: all).
 * @throws {DataError} There are features of no item.
 */
export function featuresOf(
  name: string,
  rows: FeatureRows,
  path: string,
  known?: Uint8Array,
): IngestedFeatures {
  const { values, columns, present, sources, rowsAre, columnsAre, unknown, encoding } = rows;
  const remarks = [...rows.remarks, ...constantRemarks(values, columns, present)];
  const missing = fillMissing(values, columns, present, path, known);
  const modality = { name, rows: present.length, columns, values };
  return { modality, sources, rowsAre, columnsAre, missing, unknown, remarks, encoding };
}
