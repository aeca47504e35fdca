/**
 * Paths as Deno's permissions know them: absolute, by their parts.
 *
 * The launcher starts with every command, so it does without a library of paths, which would take
 * as long to load as Deno itself.
 *
 * @module
 */

/**
 * A path from a folder, without `.`, `..`, empty parts and a slash at its end.
 *
 * @param path An absolute path, or one that goes from the folder.
 * @param folder An absolute path.
 * @example
 * ```ts
 * import { absolutePath } from "./granted_paths.ts";
 * absolutePath("../b//c/", "/tmp/a"); // "/tmp/b/c"
 * ```
 */
export function absolutePath(path: string, folder: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/**
 * The folder that a path is in; the root is in itself.
 *
 * @param path An absolute path without a slash at its end.
 * @example
 * ```ts
 * import { folderOf } from "./granted_paths.ts";
 * folderOf("/tmp/a"); // "/tmp"
 * ```
 */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/**
 * Whether a path is a folder or lies in it, by its name.
 *
 * @param path An absolute path.
 * @param folder Another.
 * @example
 * ```ts
 * import { isWithin } from "./granted_paths.ts";
 * isWithin("/tmp/ab", "/tmp/a"); // false
 * ```
 */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/**
 * A path with its symbolic links followed, as far as it exists.
 *
 * @param path An absolute path without a slash at its end.
 * @example
 * ```ts
 * import { realPath } from "./granted_paths.ts";
 * realPath("/"); // "/"
 * ```
 */
export function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    if (path === "/") return path;
    const folder = folderOf(path);
    return absolutePath(path.slice(folder.length).replace(/^\//, ""), realPath(folder));
  }
}
