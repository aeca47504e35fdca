/**
 * Where the commands keep item graphs and eigenpairs.
 *
 * @module
 */
import type { GraphCache } from "../../graph/kept_file.ts";

/** The folder of the project's own cache. */
export const cacheFolder = ".cache";

/**
 * The project's own cache.
 *
 * @param note Told what a user would want to know.
 */
export function graphCache(note: (text: string) => void): GraphCache {
  return { folder: cacheFolder, note };
}
