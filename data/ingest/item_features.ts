/**
 * Features of items from `.npy` files and from tables of vectors.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import type { Modality } from "../dataset.ts";
import type { Fingerprint } from "../table/byte_source.ts";
import type { QuoteRule } from "../table/table.ts";
import { constantRemarks } from "./constant_columns.ts";
import { fillMissing } from "./fill_missing.ts";
import type { ItemIndex } from "./item_index.ts";
import { matchNpy } from "./npy_features.ts";
import { matchTable } from "./table_features.ts";

/** Where features come from. */
export interface FeatureSource {
  /** The modality's name. */
  readonly name: string;
  /** A `.npy` file or a table. */
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
    : await matchTable(path, items, itemColumn, quote);
  const { values, columns, present, sources, rowsAre, columnsAre, unknown } = rows;
  const remarks = [...rows.remarks, ...constantRemarks(values, columns, present)];
  const missing = fillMissing(values, columns, present, path, items.known);
  const modality = { name: source.name, rows: items.kept.length, columns, values };
  return { modality, sources, rowsAre, columnsAre, missing, unknown, remarks };
}
