/**
 * What the tables of texts of new items say of them, beside what a dataset knows of its own items.
 *
 * @module
 */
import type { Identifiers } from "../identifiers.ts";
import type { ItemMeta } from "../item_meta.ts";
import { fieldText } from "../table/table.ts";
import { TableFiles } from "../table/table_files.ts";
import { requireIdColumn } from "./id_column.ts";
import { nameColumn } from "./name_column.ts";
import type { NewItemReading, NewItemSource } from "./new_item_files.ts";

/** The fields of an item by column, and which of them names it. */
interface Described {
  readonly fields: ReadonlyMap<string, string>;
  readonly name?: string;
}

/**
 * Reads them.
 *
 * @param sources The files of new items, each of which has been read for their features; those of vectors say nothing.
 * @param itemIds The ids of all items, new ones among them.
 * @param reading How they are read.
 * @param meta What is known of the others (default: nothing), whose columns are those of new items too.
 * @returns Nothing where nothing is known of any item.
 * @throws {DataError} A file cannot be read.
 */
export async function readNewItemMeta(
  sources: readonly NewItemSource[],
  itemIds: Identifiers,
  { itemColumn, textModalities }: NewItemReading,
  meta?: ItemMeta,
): Promise<ItemMeta | undefined> {
  const found = new Map<number, Described>();
  const known = new Set<string>();
  for (const { name: modality, path, idColumn } of sources) {
    const isOfTexts = modality === undefined
      ? textModalities.size > 0
      : textModalities.has(modality);
    if (!isOfTexts) continue;
    let columns: readonly string[] = [];
    let [place, named] = [0, -1];
    await new TableFiles(path).read({
      get ids() {
        return [place];
      },
      keepsObjects: true,
      columns(names, format) {
        const choice = { itemColumn, idColumn, option: "new_items", form: "FILE#ID_COLUMN" };
        place = requireIdColumn(names, choice, path, format);
        columns = names.map((name) => name.replace(/:\w+$/, ""));
        const others = columns.filter((_, n) => n !== place);
        named = columns.indexOf(nameColumn(others) ?? "");
        for (const name of others) known.add(name);
        return names.map((_, n) => n);
      },
      row(row) {
        const item = itemIds.indexOf(fieldText(row, place));
        if (item === undefined) return;
        const fields = columns.map((column, n) => [column, fieldText(row, n)] as const);
        const before = found.get(item);
        found.set(item, {
          // The first row's, as that of its text; other files may add columns.
          fields: new Map([...fields, ...before?.fields ?? []]),
          name: before?.name ?? (fields[named]?.[1].trim() || undefined),
        });
      },
    });
  }
  if (meta === undefined && found.size === 0) return undefined;
  const columns = meta?.columns ?? [...known];
  return {
    path: meta?.path ?? sources[0].path,
    columns,
    nameColumn: meta?.nameColumn ?? nameColumn(columns),
    fieldsOf(item) {
      const fields = found.get(item)?.fields;
      return meta?.fieldsOf(item) ?? (fields && columns.map((column) => fields.get(column) ?? ""));
    },
    nameOf: (item) => meta?.nameOf(item) ?? found.get(item)?.name,
  };
}
