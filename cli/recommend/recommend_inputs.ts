/**
 * The users and items that `recommend` was asked about, as indices of the run's dataset.
 *
 * @module
 */
import { basename } from "node:path";
import { counted, grouped } from "../../data/counts.ts";
import { excerpt } from "../../data/excerpt.ts";
import { exists } from "../../data/exists.ts";
import { type ListedId, parseIdRow, readIdLines } from "../../data/id_list.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { DataError } from "../../errors.ts";
import { knownIndices, type ResolvedId, resolveIds, unknownNote } from "../common/resolve_ids.ts";
import type { UnknownPolicy } from "../common/resolve_ids.ts";
import type { StockList } from "./stock_list.ts";

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
 * @param policy What to do with unknown ones (default: they are an error).
 * @throws {DataError} The list cannot be read, or names a user that may not be unknown.
 */
export async function readUsers(
  path: string,
  identifiers: Identifiers,
  policy?: UnknownPolicy,
): Promise<NamedIds> {
  if (path !== "-" && !await exists(path)) {
    throw new DataError(
      `Cannot read "${path}": no such file`,
      `--users expects a file with one id per line; for a single id use --user ${basename(path)}`,
    );
  }
  return resolveUsers(await readIdLines(path), path === "-" ? "stdin" : path, identifiers, policy);
}

/**
 * The users of `--user`.
 *
 * @param ids Their ids.
 * @param identifiers The ids of all users.
 * @param policy What to do with unknown ones (default: they are an error).
 * @throws {DataError} One may not be unknown.
 */
export function namedUsers(
  ids: readonly string[],
  identifiers: Identifiers,
  policy?: UnknownPolicy,
): NamedIds {
  const listed = ids.map((id, n) => ({ id, place: `user ${n + 1}` }));
  return resolveUsers(listed, "--user", identifiers, policy);
}

function resolveUsers(
  listed: readonly ListedId[],
  source: string,
  identifiers: Identifiers,
  policy: UnknownPolicy = "error",
): NamedIds {
  const all = resolveIds(listed, identifiers, source, policy);
  if (policy === "skip") {
    const ids = all.filter(({ index }) => index !== undefined);
    return { ids, note: unknownNote(all, source, "left out") };
  }
  return { ids: all, note: unknownNote(all, source, "given popular items") };
}

/**
 * The items that may be given. A shop sells more than a dataset has, so that others are skipped.
 *
 * @param list Their ids.
 * @param source Where they come from, for messages.
 * @param identifiers The ids of all items.
 * @param policy Whether unknown ones are an error (default: they are skipped).
 * @throws {DataError} An item may not be unknown, or none is known.
 */
export function candidateItems(
  { ids: listed }: StockList,
  source: string,
  identifiers: Identifiers,
  policy: UnknownPolicy = "skip",
): NamedIds {
  const ids = resolveIds(listed, identifiers, source, policy);
  const unknown = ids.filter(({ index }) => index === undefined);
  if (unknown.length === ids.length) {
    throw new DataError(
      `Cannot use "${source}": the dataset has none of its ${
        counted(ids.length, "item")
      }, such as ` +
        `"${excerpt(unknown[0].id)}"`,
      `An item is ${identifiers.expected}`,
    );
  }
  if (unknown.length === 0) return { ids };
  return {
    ids,
    note:
      `Skipped ${grouped(unknown.length)} of ${
        counted(ids.length, "item")
      } in ${source} that are ` +
      `not in the dataset, such as "${excerpt(unknown[0].id)}" (--unknown error refuses them)`,
  };
}

/**
 * The items of a history.
 *
 * @param text Ids with commas between.
 * @param identifiers The ids of all items.
 * @param policy Whether unknown ones are an error (default: they are); they are left out where they
 * are not.
 * @throws {DataError} One may not be unknown, or all are and popular items were not asked for.
 */
export function readHistory(
  text: string,
  identifiers: Identifiers,
  policy: UnknownPolicy = "error",
): NamedIds {
  const source = "--history";
  const ids = resolveIds(parseIdRow(text, source), identifiers, source, policy);
  if (knownIndices(ids).length > 0) return { ids, note: unknownNote(ids, source, "left out") };
  if (policy === "popular") {
    return { ids, note: unknownNote(ids, source, "popular items are recommended") };
  }
  throw new DataError(
    `Cannot use "${source}": the dataset has none of its ${ids.length} items`,
    `An item is ${identifiers.expected}; --unknown popular gives popular items instead`,
  );
}
