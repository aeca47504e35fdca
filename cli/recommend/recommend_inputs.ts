/**
 * The users and items that `recommend` was asked about, as indices of the run's dataset.
 *
 * @module
 */
import { parseIdRow, readIdLines } from "../../data/id_list.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { DataError } from "../../errors.ts";
import { knownIndices, type ResolvedId, resolveIds, unknownNote } from "../common/resolve_ids.ts";
import type { UnknownPolicy } from "../common/resolve_ids.ts";

/** Ids that are known and that are not, and what to say of the latter. */
export interface NamedIds {
  /** Each id once, in their order. */
  readonly ids: readonly ResolvedId[];
  /** What the user should know of those that are unknown. */
  readonly note?: string;
}

/**
 * Reads the users of a list.
 *
 * @param path A file with an id a line, or `-` for stdin.
 * @param identifiers The ids of all users.
 * @param policy What to do with unknown ones.
 * @throws {DataError} The list cannot be read, or names a user that may not be unknown.
 */
export async function readUsers(
  path: string,
  identifiers: Identifiers,
  policy: UnknownPolicy,
): Promise<NamedIds> {
  const source = sourceName(path);
  const all = resolveIds(await readIdLines(path), identifiers, source, policy);
  if (policy === "skip") {
    const ids = all.filter(({ index }) => index !== undefined);
    return { ids, note: unknownNote(all, source, "left out") };
  }
  return { ids: all, note: unknownNote(all, source, "given popular items") };
}

/**
 * Reads the items that may be given.
 *
 * @param path A file with an id a line, or `-` for stdin.
 * @param identifiers The ids of all items.
 * @param policy Whether unknown ones are an error; they are left out where they are not.
 * @throws {DataError} The list cannot be read, or names an item that may not be unknown, or no item
 * that is known.
 */
export async function readCandidates(
  path: string,
  identifiers: Identifiers,
  policy: UnknownPolicy,
): Promise<NamedIds> {
  const source = sourceName(path);
  const ids = resolveIds(await readIdLines(path), identifiers, source, policy);
  if (ids.every(({ index }) => index === undefined)) {
    throw new DataError(
      `Cannot use "${source}": the dataset has none of its ${ids.length} items`,
      `An item is ${identifiers.expected}`,
    );
  }
  return { ids, note: unknownNote(ids, source, "left out") };
}

/**
 * The items of a history.
 *
 * @param text Ids with commas between.
 * @param identifiers The ids of all items.
 * @param policy Whether unknown ones are an error; they are left out where they are not.
 * @throws {DataError} One may not be unknown, or all are and popular items were not asked for.
 */
export function readHistory(
  text: string,
  identifiers: Identifiers,
  policy: UnknownPolicy,
): NamedIds {
  const source = "--history";
  const ids = resolveIds(parseIdRow(text, source), identifiers, source, policy);
  if (knownIndices(ids).length > 0) return { ids, note: unknownNote(ids, source, "left out") };
  if (policy === "popular") {
    return { ids, note: unknownNote(ids, source, "popular items are given") };
  }
  throw new DataError(
    `Cannot use "${source}": the dataset has none of its ${ids.length} items`,
    `An item is ${identifiers.expected}; --unknown popular gives popular items instead`,
  );
}

function sourceName(path: string): string {
  return path === "-" ? "stdin" : path;
}
