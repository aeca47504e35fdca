/**
 * What `preprocess --meta` keeps of a table of items, and what it says of it.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import { excerpt } from "../../data/excerpt.ts";
import type { ItemIndex } from "../../data/ingest/item_index.ts";
import { type MetaRows, type MetaSource, readMetaRows } from "../../data/ingest/meta_rows.ts";
import { nameColumn } from "../../data/ingest/name_column.ts";
import { itemMetaFile } from "../../data/item_meta.ts";
import type { QuoteRule } from "../../data/table/table.ts";
import { inWords } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import { note } from "../common/note.ts";

/** What is kept, and how it came to be. */
export interface IngestedMeta {
  /** The columns and rows. */
  readonly meta: MetaRows;
  /** For `dataset.json`. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/**
 * Reads the table, and says how many items it covers.
 *
 * @param source The table.
 * @param items The items of the dataset.
 * @param itemColumn The name of the interactions' item column.
 * @param quote What quotation marks mean.
 * @throws {DataError} See {@linkcode readMetaRows}.
 */
export async function ingestMeta(
  source: MetaSource,
  items: ItemIndex,
  itemColumn: string,
  quote: QuoteRule,
): Promise<IngestedMeta> {
  const meta = await readMetaRows(source, items, itemColumn, quote);
  const [idColumn, ...columns] = meta.columns;
  const name = nameColumn(columns);
  note(metaText(meta, items.kept.length, name));
  for (const remark of meta.remarks) note(`  ${inWords(remark, flags)}`);
  const provenance = {
    file: itemMetaFile,
    source: meta.source,
    id_column: idColumn,
    name_column: name,
    columns,
    items: meta.rows.length,
    missing_items: meta.missing.length,
    unknown_rows: meta.unknown,
    repeated_rows: meta.repeated,
  };
  return { meta, provenance };
}

/**
 * Which columns are kept, for how many items, and what is missing or left out.
 *
 * @param meta What was read.
 * @param items Number of items of the dataset.
 * @param name The column with the items' names; nothing where there is none.
 * @returns A line, and another one where no column has names.
 */
export function metaText(meta: MetaRows, items: number, name: string | undefined): string {
  const { rows, missing, unknown, repeated, repeatedId } = meta;
  const [idColumn, ...columns] = meta.columns;
  const kept = columns.map((column) =>
    `"${excerpt(column)}"${column === name ? " (the name)" : ""}`
  );
  const parts = [
    `Kept from ${meta.source.name}: ${kept.join(", ")}, for ${grouped(rows.length)} of ` +
    `${counted(items, "item")}, matched by the column "${excerpt(idColumn)}"`,
  ];
  if (missing.length > 0) {
    parts.push(
      `${counted(missing.length, "item")} without a row, such as "${excerpt(missing[0])}"`,
    );
  }
  if (unknown > 0) parts.push(`${counted(unknown, "row")} for items that are not in the dataset`);
  if (repeated > 0) {
    parts.push(
      `${counted(repeated, "repeated row")}, such as for "${
        excerpt(repeatedId!)
      }": the first is used`,
    );
  }
  const unnamed = name === undefined
    ? '\n  No column is called "title" or "name", so lists show ids; rename the one with the names'
    : "";
  return parts.join("; ") + unnamed;
}
