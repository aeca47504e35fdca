/**
 * The users that `recommend --users` names.
 *
 * @module
 */
import { readFailure } from "../data/file_failure.ts";
import { DataError } from "../errors.ts";

/**
 * Reads user indices, one a line; blank lines do not count, and a repeated user is kept once.
 *
 * @param path A file, or `-` for stdin.
 * @param users Number of users of the dataset.
 * @returns The users in the order of their first line.
 * @throws {DataError} A line is no user of the dataset, there is no user, or the file cannot be read.
 */
export async function readUserList(path: string, users: number): Promise<Uint32Array> {
  let text: string;
  try {
    text = path === "-"
      ? await new Response(Deno.stdin.readable).text()
      : await Deno.readTextFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  return parseUserList(text, path === "-" ? "stdin" : path, users);
}

/**
 * The users in a text; see {@linkcode readUserList}.
 *
 * @param text One user a line.
 * @param source Where it comes from, for messages.
 * @param users Number of users of the dataset.
 * @throws {DataError} A line is no user of the dataset, or there is no user.
 * @example
 * ```ts
 * import { parseUserList } from "./user_list.ts";
 * parseUserList("3\n14\n", "users.txt", 20); // [3, 14]
 * ```
 */
export function parseUserList(text: string, source: string, users: number): Uint32Array {
  const found = new Set<number>();
  text.split("\n").forEach((line, n) => {
    const word = line.trim();
    if (word === "") return;
    const user = /^\d+$/.test(word) ? Number(word) : NaN;
    if (!(user < users)) {
      throw new DataError(
        `Cannot read "${source}": line ${n + 1} is "${word}", expected a user from 0 to ` +
          `${users - 1}`,
        "Write one userID of the dataset a line, and nothing else",
      );
    }
    found.add(user);
  });
  if (found.size === 0) {
    throw new DataError(
      `Cannot read "${source}": it names no user`,
      "Write one userID of the dataset a line, or leave --users out for all users",
    );
  }
  return Uint32Array.from(found);
}
