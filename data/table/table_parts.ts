/**
 * The files that a path means: itself, all tables of a folder, or those that a pattern matches.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { readFailure } from "../file_failure.ts";
import { fixedFolder, hasWildcard, nameMatcher } from "./wildcards.ts";

/** A file of a table. */
export interface TablePart {
  /** Its path. */
  readonly path: string;
  /** The columns that folders name, as Hive does: `day=2024-01-01/`. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The files of a table. */
export interface TableParts {
  /** At least one, in the order of their paths. */
  readonly parts: readonly TablePart[];
  /** Whether they were found in a folder, or by a pattern. */
  readonly isFound: boolean;
}

/** What Hive names a folder whose rows lack the value. */
const missingValue = "__HIVE_DEFAULT_PARTITION__";
/** More would be another folder than was meant. */
const mostParts = 100_000;

/**
 * Finds the files of a table.
 *
 * A file is itself, whatever characters are in its name. Files and folders whose names begin with a dot
 * or an underscore, as `_SUCCESS`, are passed over.
 *
 * @param path A file, a folder, a pattern with `*`, `?` and `**`, or `-`.
 * @throws {DataError} There is none.
 * @example
 * ```ts
 * import { findParts } from "./table_parts.ts";
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/day=1`);
 * await Deno.writeTextFile(`${folder}/day=1/a.csv`, "user,item\n");
 * (await findParts(folder)).parts[0].keys.get("day"); // "1"
 * ```
 */
export async function findParts(path: string): Promise<TableParts> {
  const itself = { parts: [{ path, keys: new Map<string, string>() }], isFound: false };
  if (path === "-") return itself;
  const isPattern = hasWildcard(path);
  const found = await Deno.stat(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw readFailure(path, error);
    if (isPattern) return undefined;
    throw /[[{]/.test(path) ? noSuchPattern(path) : readFailure(path, error);
  });
  if (found !== undefined && !found.isDirectory) return itself;
  const isFolder = found !== undefined;
  const root = (isFolder ? path : fixedFolder(path)).replace(/(?<=.)\/+$/, "");
  const wanted = isFolder ? ["**"] : path.split("/").slice(root === "." ? 0 : rootLength(root));
  const paths: string[] = [];
  try {
    await collect(root === "." && !path.startsWith("./") && !isFolder ? "" : root, wanted, paths);
  } catch (error) {
    throw readFailure(root, error);
  }
  if (paths.length === 0) throw nothingFound(path, isFolder, root);
  paths.sort();
  return {
    parts: paths.map((one) => ({ path: one, keys: keysOf(one.slice(root.length)) })),
    isFound: true,
  };
}

function rootLength(root: string): number {
  return root === "/" ? 1 : root.split("/").length;
}

/** Gathers files below a folder that the parts of a pattern mean. */
async function collect(folder: string, wanted: readonly string[], into: string[]): Promise<void> {
  const [part, ...rest] = wanted;
  const isDeep = part === "**";
  const matcher = isDeep ? undefined : nameMatcher(part);
  if (isDeep && rest.length > 0) await collect(folder, rest, into);
  for await (const entry of Deno.readDir(folder === "" ? "." : folder)) {
    const { name } = entry;
    if (/^[._]/.test(name) && !/^[._]/.test(part)) continue;
    if (matcher !== undefined && !matcher.test(name)) continue;
    const path = folder === "" ? name : `${folder === "/" ? "" : folder}/${name}`;
    const isFolder = entry.isSymlink ? await leadsToFolder(path, folder || ".") : entry.isDirectory;
    if (isFolder) {
      if (isDeep) await collect(path, wanted, into);
      else if (rest.length > 0) await collect(path, rest, into);
    } else if (rest.length === 0) {
      into.push(path);
      if (into.length > mostParts) {
        throw new DataError(
          `Cannot read "${folder}": found more than ${mostParts} files`,
          "Name the folder of the table, or a pattern that means fewer files",
        );
      }
    }
  }
}

/** Whether a symbolic link leads to a folder; one that leads nowhere is a file that is not there. */
async function leadsToFolder(link: string, folder: string): Promise<boolean> {
  const isFolder = await Deno.stat(link).then((found) => found.isDirectory, () => false);
  if (!isFolder) return false;
  const [target, above] = [await Deno.realPath(link), await Deno.realPath(folder)];
  if (!`${above}/`.startsWith(target === "/" ? "/" : `${target}/`)) return true;
  throw new DataError(
    `Cannot read "${link}": it is a symbolic link to a folder that it is in`,
    "Remove it, or name the files with a pattern such as 'FOLDER/*.parquet'",
  );
}

/** Shells know wildcards that stand for themselves here. */
function noSuchPattern(path: string): DataError {
  return new DataError(
    `Cannot read "${path}": there is no file of this name`,
    "Of wildcards only *, ? and ** are known here: braces and brackets stand for themselves",
  );
}

function nothingFound(path: string, isFolder: boolean, root: string): DataError {
  return isFolder
    ? new DataError(
      `Cannot read "${path}": it is a folder without files`,
      "Name a file, or a folder with the files of one table",
    )
    : new DataError(
      `Cannot read "${path}": no file matches it`,
      `Look at what is in "${root}"; * stands for any part of a name, and ** for any folders`,
    );
}

function keysOf(path: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const folder of path.split("/").slice(0, -1)) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(folder) ?? [];
    if (key === undefined) continue;
    keys.set(decoded(key), value === missingValue ? "" : decoded(value));
  }
  return keys;
}

/** Hive writes characters that paths may not have as `%3A`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
