/**
 * Datasets that tests make in memory.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { indices } from "../data/identifiers.ts";

/** A dataset whose ids are its indices. */
export function madeDataset(contents: Omit<Dataset, "userIds" | "itemIds">): Dataset {
  const { users, items } = contents;
  return { ...contents, userIds: indices(users), itemIds: indices(items) };
}
