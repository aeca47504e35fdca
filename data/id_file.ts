/**
 * `users.csv` and `items.csv` of a dataset: which of the user's own ids has which index.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import { excerpt } from "./excerpt.ts";
import { ByteSource } from "./table/byte_source.ts";
import { delimiterBytes, fieldText, type TableSink } from "./table/table.ts";
import { readTable } from "./table/table_reader.ts";
import { uniqueColumn } from "./table/unique_column.ts";

/** What the rows of an id file stand for, which names its first column. */
export type IdColumn = "userID" | "itemID";

const nextStep = "Run preprocess again, which writes this file together with the .inter file";

/**
 * Writes an id file: the columns `userID` or `itemID`, the index from 0, and `id`.
 *
 * @param path The file; its folder must exist.
 * @param column What its rows stand for.
 * @param ids The own id of each index; any text but the empty one.
 * @throws {BandpassError} The file cannot be written.
 * @example
 * ```ts
 * import { writeIds } from "./id_file.ts";
 * await writeIds(`${await Deno.makeTempDir()}/items.csv`, "itemID", ["B001EYH3AG", "a,b"]);
 * ```
 */
export async function writeIds(
  path: string,
  column: IdColumn,
  ids: readonly string[],
): Promise<void> {
  const { table } = await import("arquero");
  const indices = Uint32Array.from(ids, (_, index) => index);
  await writeFileAtomically(path, table({ [column]: indices, id: ids }).toCSV());
}

/**
 * Reads an id file.
 *
 * @param path The file.
 * @param column What its rows stand for.
 * @returns The own id of each index.
 * @throws {DataError} The file is missing or no CSV, lacks a column, does not count from 0 without
 * gaps, or holds an id twice or an empty one.
 * @example
 * ```ts
 * import { readIds, writeIds } from "./id_file.ts";
 * const path = `${await Deno.makeTempDir()}/items.csv`;
 * await writeIds(path, "itemID", ["B001EYH3AG"]);
 * await readIds(path, "itemID"); // ["B001EYH3AG"]
 * ```
 */
export async function readIds(path: string, column: IdColumn): Promise<string[]> {
  const ids: string[] = [];
  const seen = new Map<string, number>();
  let [indexAt, idAt] = [0, 0];
  const sink: TableSink = {
    columns(names) {
      [indexAt, idAt] = [column, "id"].map((name) => {
        const position = uniqueColumn(names, names.indexOf(name), path);
        if (position >= 0) return position;
        throw new DataError(`Cannot read "${path}": line 1 lacks the column "${name}"`, nextStep);
      });
      return [indexAt, idAt];
    },
    row(row) {
      const n = ids.length;
      const [index, id] = [fieldText(row, indexAt), fieldText(row, idAt)];
      if (index !== String(n)) {
        throw new DataError(
          `Cannot read "${path}": row ${n} has the ${column} "${excerpt(index)}", expected ${n}`,
          nextStep,
        );
      }
      if (id === "") {
        throw new DataError(`Cannot read "${path}": row ${n} has an empty id`, nextStep);
      }
      const before = seen.get(id);
      if (before !== undefined) {
        throw new DataError(
          `Cannot read "${path}": rows ${before} and ${n} both have the id "${excerpt(id)}"`,
          nextStep,
        );
      }
      seen.set(id, n);
      ids.push(id);
    },
  };
  const form = { delimiter: delimiterBytes.comma, quoted: true, nextStep };
  await readTable(new ByteSource(path, { regular: true }), sink, form);
  return ids;
}
