/**
 * `users.csv` and `items.csv` of a dataset: which of the user's own ids has which index.
 *
 * @module
 */
import { fromCSV, table } from "arquero";
import { DataError } from "../errors.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import { readFailure } from "./file_failure.ts";

/** What the rows of an id file stand for, which names its first column. */
export type IdColumn = "userID" | "itemID";

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
  const indices = Uint32Array.from(ids, (_, index) => index);
  await writeFileAtomically(path, table({ [column]: indices, id: ids }).toCSV());
}

/**
 * Reads an id file.
 *
 * @param path The file.
 * @param column What its rows stand for.
 * @returns The own id of each index.
 * @throws {DataError} The file is missing, lacks a column, does not count from 0 without gaps, or
 * holds an id twice.
 * @example
 * ```ts
 * import { readIds, writeIds } from "./id_file.ts";
 * const path = `${await Deno.makeTempDir()}/items.csv`;
 * await writeIds(path, "itemID", ["B001EYH3AG"]);
 * await readIds(path, "itemID"); // ["B001EYH3AG"]
 * ```
 */
export async function readIds(path: string, column: IdColumn): Promise<string[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  const nextStep = "Run preprocess again, which writes this file together with the .inter file";
  const found = fromCSV(text, { autoType: false });
  for (const name of [column, "id"]) {
    if (!found.columnNames().includes(name)) {
      throw new DataError(`Cannot read "${path}": line 1 lacks the column "${name}"`, nextStep);
    }
  }
  const indices = found.array(column) as string[];
  const ids = found.array("id") as string[];
  const seen = new Map<string, number>();
  indices.forEach((index, n) => {
    if (index !== String(n)) {
      throw new DataError(
        `Cannot read "${path}": row ${n} has the ${column} "${index}", expected ${n}`,
        nextStep,
      );
    }
    const before = seen.get(ids[n]);
    if (before !== undefined) {
      throw new DataError(
        `Cannot read "${path}": rows ${before} and ${n} both have the id "${ids[n]}"`,
        nextStep,
      );
    }
    seen.set(ids[n], n);
  });
  return ids;
}
