/**
 * Where the commands keep item graphs and eigenpairs.
 *
 * @module
 */
import type { GraphCache } from "../../graph/kept_file.ts";

/**
 * The project's own cache.
 *
 * @param note Told what a user would want to know.
 */
export function graphCache(note: (text: string) => void): GraphCache {
  return { folder: ".cache", note };
}
