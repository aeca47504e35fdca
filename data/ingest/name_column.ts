/**
 * Which column of a table of items names them for people.
 *
 * @module
 */
import { plainName } from "./column_choice.ts";

/** Names in order of preference, in the form of {@linkcode plainName}. */
const commonNames: readonly string[] = [
  ...["title", "name", "itemname", "productname", "itemtitle", "producttitle", "movietitle"],
  ...["booktitle", "tracktitle", "trackname", "songname", "songtitle", "artistname", "gametitle"],
  ...["gamename", "recipename", "businessname", "prodname", "displayname", "label", "caption"],
  ...["shortdescription", "description", "words", "text"],
];

/**
 * The column with the names: one that is called so, or the only one there is.
 *
 * @param columns The columns beside the id.
 * @returns Nothing where none can be told.
 * @example
 * ```ts
 * import { nameColumn } from "./name_column.ts";
 * nameColumn(["price", "Product Name"]); // "Product Name"
 * ```
 */
export function nameColumn(columns: readonly string[]): string | undefined {
  const plain = columns.map(plainName);
  const found = commonNames.find((name) => plain.includes(name));
  if (found !== undefined) return columns[plain.indexOf(found)];
  return columns.length === 1 ? columns[0] : undefined;
}
