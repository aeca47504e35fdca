/**
 * Where the user's paths lead.
 *
 * `deno task` runs in the project's folder, so that `runs/` and `datasets/` are always the
 * project's; the user may stand elsewhere, and means paths from there.
 *
 * @module
 */
import { fromFileUrl, isAbsolute, join } from "@std/path";

/** The folder of the project, with a slash at its end. */
export const projectFolder: string = fromFileUrl(new URL("../..", import.meta.url));

/**
 * A path that the user typed, as this process must open it.
 *
 * @param path A path relative to the folder the user stands in, an absolute one, or `-`, which
 * stays as it is: it means standard input or output.
 * @example
 * ```ts
 * import { userPath } from "./paths.ts";
 * userPath("/tmp/users.txt"); // "/tmp/users.txt"
 * ```
 */
export function userPath(path: string): string {
  // Set by `deno task` and by the launcher.
  const folder = Deno.env.get("INIT_CWD");
  if (folder === undefined || path === "-" || path.startsWith("/") || /^[A-Za-z]:/.test(path)) {
    return path;
  }
  // In the project's own folder a path is shown as it was typed.
  return join(folder, "/") === projectFolder ? path : join(folder, path);
}

/**
 * A path of the project, as the user can type it from where they stand.
 *
 * @param path A path that this process opens.
 * @example
 * ```ts
 * import { shownPath } from "./paths.ts";
 * shownPath("/tmp/users.txt"); // "/tmp/users.txt"
 * ```
 */
export function shownPath(path: string): string {
  const folder = Deno.env.get("INIT_CWD");
  const isAtHome = folder === undefined || join(folder, "/") === projectFolder;
  return isAtHome || isAbsolute(path) ? path : join(projectFolder, path);
}
