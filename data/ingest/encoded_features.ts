/**
 * Features of items that an encoder has computed.
 *
 * @module
 */
import { type EncodedFeatures, readEncoded } from "../encode/encoded_file.ts";
import { ByteSource, type Fingerprint } from "../table/byte_source.ts";
import { emptyFeatureRows, type FeatureRows } from "./feature_rows.ts";
import type { ItemIndex } from "./item_index.ts";

/**
 * Matches the rows of a file of encoded features with the items of a dataset.
 *
 * @param path The file.
 * @param items The items.
 * @throws {DataError} It is no such file, damaged, or names an item twice.
 */
export async function matchEncodedFile(path: string, items: ItemIndex): Promise<FeatureRows> {
  const encoded = await readEncoded(path);
  const file = new ByteSource(path);
  await file.readStored(); // Its hash tells which file it was.
  return matchEncoded(encoded, items, [file.fingerprint()], "by the ids in the file");
}

/**
 * Matches encoded features with the items of a dataset.
 *
 * @param encoded The features; no id is in them twice.
 * @param items The items.
 * @param sources The files that they are of.
 * @param rowsAre How rows were matched with ids, in a few words.
 * @example
 * ```ts
 * import { matchEncoded } from "./encoded_features.ts";
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * const ids = new IdTable();
 * for (const id of "ab") ids.intern(new TextEncoder().encode(id), 0, 1);
 * const items = indexItems(ids, new Uint32Array([1]));
 * const encoded = { ids: ["a", "b"], columns: 1, values: new Float32Array([5, 6]), provenance: {} };
 * matchEncoded(encoded, items, [], "by id").values; // [6]
 * ```
 */
export function matchEncoded(
  { ids, columns, values, provenance }: EncodedFeatures,
  items: ItemIndex,
  sources: readonly Fingerprint[],
  rowsAre: string,
): FeatureRows {
  const features = emptyFeatureRows(items.kept.length, columns);
  let unknown = 0;
  ids.forEach((id, row) => {
    const index = items.ids.indexOf(id);
    const item = index < 0 ? -1 : items.indexOf[index];
    if (item < 0) return unknown++;
    features.values.set(values.subarray(row * columns, (row + 1) * columns), item * columns);
    features.present[item] = 1;
  });
  return { ...features, unknown, sources, rowsAre, remarks: [], encoding: provenance };
}
