/**
 * Files of passwords, as PostgreSQL's own programs read them: `host:port:database:user:password` a line, a
 * `*` for any, and `\` before a `:` or a `\` that is meant (PostgreSQL's documentation, "The Password File").
 *
 * @module
 */
import { readFailure } from "../../data/file_failure.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { DataError } from "../../errors.ts";
import { shellWord } from "../common/shell_word.ts";
import type { DatabaseTarget } from "./database_option.ts";
import { targetText } from "./database_option.ts";

/** A longer file is no file of passwords. */
const mostBytes = 1 << 20;

/** What others than the owner may do with a file. */
const othersMode = 0o077;

/**
 * The password of a file's first line that is of a database.
 *
 * @param path The file.
 * @param target The database, and who connects to it.
 * @throws {DataError} It cannot be read, others can read it, or no line is of the database.
 */
export async function passwordFromFile(
  path: string,
  target: DatabaseTarget & { readonly user: string },
): Promise<string> {
  const { isFile, mode } = await Deno.stat(path).catch((error) => {
    throw readFailure(path, error);
  });
  // What is no file is refused where it is read: a folder must not be made one that nobody can enter.
  if (isFile && mode !== null && (mode & othersMode) !== 0) {
    throw new DataError(
      `Cannot use "${path}": other users may read the passwords in it`,
      `Keep it to yourself: chmod 600 ${shellWord(path)}`,
    );
  }
  const { host, port, database, user } = target;
  const wanted = [host, String(port), database, user];
  for (const line of (await readTextFile(path, mostBytes)).split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const fields = fieldsOf(line);
    if (fields.length !== wanted.length + 1) continue;
    if (wanted.every((value, n) => fields[n] === "*" || unescaped(fields[n]) === value)) {
      return unescaped(fields[wanted.length]);
    }
  }
  throw new DataError(
    `Cannot find a password in "${path}": no line is of ${targetText(target)}`,
    "Add one: HOST:PORT:DATABASE:USER:PASSWORD",
  );
}

/** The fields of a line, with their `\` still in them; the last one may have a `:`. */
function fieldsOf(line: string): string[] {
  const [, ...fields] =
    /^((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):(.*)$/.exec(line) ??
      [];
  return fields;
}

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, "$1");
}
