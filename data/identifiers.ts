/**
 * The ids that users and items of a dataset are known by: the user's own where the dataset has
 * `users.csv` and `items.csv`, as `preprocess` writes them, and the integers of its `.inter` file
 * where it has not.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { type IdColumn, readIds } from "./id_file.ts";
import { exists } from "./exists.ts";

/** The ids of all users, or of all items. */
export interface Identifiers {
  /** How many there are. */
  readonly count: number;
  /** Whether they are the user's own, and not the indices. */
  readonly own: boolean;
  /** What an id is, for messages: `an id of "…/users.csv"`, or the range of integers. */
  readonly expected: string;
  /**
   * The id of an index: a text where they are the user's own, else the index.
   *
   * @param index Below `count`.
   */
  idOf(index: number): string | number;
  /**
   * The index of an id; `undefined` where it is none.
   *
   * @param id What the user typed; space around it does not count where there is no such id.
   */
  indexOf(id: string): number | undefined;
}

const files = { userID: "users.csv", itemID: "items.csv" } as const;

/**
 * Reads the ids of a dataset's users or items.
 *
 * @param folder The dataset's folder.
 * @param column Whose ids.
 * @param count How many users or items the dataset has.
 * @throws {DataError} The id file is malformed, or names another number than the dataset has.
 * @example
 * ```ts
 * import { writeIds } from "./id_file.ts";
 * import { readIdentifiers } from "./identifiers.ts";
 * const folder = await Deno.makeTempDir();
 * await writeIds(`${folder}/items.csv`, "itemID", ["B001EYH3AG", "a,b"]);
 * (await readIdentifiers(folder, "itemID", 2)).indexOf("a,b"); // 1
 * (await readIdentifiers(folder, "userID", 20)).indexOf("14"); // 14: there is no users.csv
 * ```
 */
export async function readIdentifiers(
  folder: string,
  column: IdColumn,
  count: number,
): Promise<Identifiers> {
  const path = `${folder}/${files[column]}`;
  if (!await exists(path)) return indices(count);
  const ids = await readIds(path, column);
  if (ids.length !== count) {
    throw new DataError(
      `Cannot use "${path}": found ${ids.length} ids, expected ${count} as in the .inter file`,
      "Run preprocess again, which writes both together",
    );
  }
  return ownIdentifiers(ids, path);
}

/**
 * The ids of a list.
 *
 * @param ids The id of each index, none twice.
 * @param path Where they come from, for messages.
 */
export function ownIdentifiers(ids: readonly string[], path: string): Identifiers {
  const known = new Map(ids.map((id, index) => [id, index]));
  return {
    count: ids.length,
    own: true,
    expected: `an id of "${path}"`,
    idOf: (index) => ids[index],
    indexOf: (id) => known.get(id) ?? known.get(id.trim()),
  };
}

/**
 * The indices as ids.
 *
 * @param count How many.
 */
export function indices(count: number): Identifiers {
  return {
    count,
    own: false,
    expected: `an integer from 0 to ${count - 1}`,
    idOf: (index) => index,
    indexOf(id) {
      const index = /^\s*\d+\s*$/.test(id) ? Number(id) : NaN;
      return index < count ? index : undefined;
    },
  };
}
