/**
 * Paths with wildcards: `clicks/*.parquet`, `clicks/**`. The launcher, which decides what a command may
 * read, and the reader go by the same rules; this file imports nothing, so that the launcher starts in
 * no time.
 *
 * @module
 */

/**
 * Whether a path or a part of one has a wildcard.
 *
 * @param path The path.
 * @example
 * ```ts
 * import { hasWildcard } from "./wildcards.ts";
 * hasWildcard("clicks/*.parquet"); // true
 * ```
 */
export function hasWildcard(path: string): boolean {
  return /[*?]/.test(path);
}

/**
 * The folder below which everything is that a path with wildcards can mean; a path without stays as it is.
 *
 * @param path The path.
 * @example
 * ```ts
 * import { fixedFolder } from "./wildcards.ts";
 * fixedFolder("data/day=*" + "/x.csv"); // "data"
 * fixedFolder("*.csv"); // "."
 * ```
 */
export function fixedFolder(path: string): string {
  const parts = path.split("/");
  const first = parts.findIndex(hasWildcard);
  if (first < 0) return path;
  return parts.slice(0, first).join("/") || (path.startsWith("/") ? "/" : ".");
}

/**
 * The folder that a table is in, from which the paths go that it has; of a pattern, the one that all its files
 * are below.
 *
 * @param path The table.
 * @example
 * ```ts
 * import { folderOfTable } from "./wildcards.ts";
 * folderOfTable("shop/items.csv"); // "shop"
 * folderOfTable("items.csv"); // "."
 * ```
 */
export function folderOfTable(path: string): string {
  if (hasWildcard(path)) return fixedFolder(path);
  const plain = path.replace(/(?<=.)\/+$/, "");
  const end = plain.lastIndexOf("/");
  return end < 0 ? "." : plain.slice(0, end) || "/";
}

/**
 * Tells which names a part of a path means: `*` is any text, `?` any character.
 *
 * @param part The part.
 * @example
 * ```ts
 * import { nameMatcher } from "./wildcards.ts";
 * nameMatcher("part-*.csv").test("part-1.csv"); // true
 * ```
 */
export function nameMatcher(part: string): RegExp {
  const source = part.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "su");
}
