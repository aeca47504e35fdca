/**
 * Where the commands keep item graphs.
 *
 * @module
 */
import type { ItemGraphCache } from "../graph/item_graph.ts";

/**
 * The project's own cache.
 *
 * @param note Told what a user would want to know.
 */
export function itemGraphCache(note: (text: string) => void): ItemGraphCache {
  return { folder: ".cache", note };
}
