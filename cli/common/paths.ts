/**
 * Where the user's paths lead.
 *
 * Commands run in the project's folder, so that `runs/` and `datasets/` are always the
 * project's; the user may stand elsewhere, and means paths from there.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../errors.ts";

/** The folder of the project, with a slash at its end. */
export const projectFolder: string = fileURLToPath(new URL("../..", import.meta.url));

/** The folder that the user stands in. */
export function standingFolder(): string {
  try {
    // Set by `deno task` and by the launcher.
    return Deno.env.get("INIT_CWD") ?? projectFolder;
  } catch (error) {
    // Where nobody is told of it, as where docs/cli.md is written, it is the project's.
    if (error instanceof Deno.errors.NotCapable) return projectFolder;
    throw error;
  }
}

/**
 * A path that the user typed, as this process must open it.
 *
 * @param path A path relative to the folder the user stands in, an absolute one, or `-`, which
 * stays as it is: it means standard input or output.
 * @throws {UsageError} It is empty, as an unset variable of a script is.
 * @example
 * ```ts
 * import { userPath } from "./paths.ts";
 * userPath("/tmp/users.txt"); // "/tmp/users.txt"
 * ```
 */
export function userPath(path: string): string {
  if (path === "") {
    throw new UsageError('Cannot use "" as a path: it is empty', "Name a file or a folder");
  }
  if (path === "-" || path.startsWith("/") || /^[A-Za-z]:/.test(path)) return path;
  // In the project's own folder a path is shown as it was typed.
  return standsInProject() ? path : join(standingFolder(), path);
}

/**
 * A path as this process must open it and messages can show it: short where the user stands in the
 * project's folder, and absolute elsewhere, as relative ones are this process's.
 *
 * @param path Absolute, or relative to the project's folder.
 * @example
 * ```ts
 * import { openedPath } from "./paths.ts";
 * openedPath("/tmp/users.txt"); // "/tmp/users.txt"
 * ```
 */
export function openedPath(path: string): string {
  return standsInProject() ? shownPath(path) : resolve(projectFolder, path);
}

function standsInProject(): boolean {
  return join(standingFolder(), "/") === projectFolder;
}

/**
 * A path that this process opens, as the user can type it from where they stand: the shorter one of
 * its relative and its absolute form.
 *
 * @param path Absolute, or relative to the project's folder.
 * @example
 * ```ts
 * import { shownPath } from "./paths.ts";
 * shownPath("/tmp/users.txt"); // "/tmp/users.txt"
 * ```
 */
export function shownPath(path: string): string {
  const absolute = resolve(projectFolder, path);
  const fromHere = relative(standingFolder(), absolute) || ".";
  return fromHere.length <= absolute.length ? fromHere : absolute;
}
