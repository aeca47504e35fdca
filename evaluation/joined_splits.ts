/**
 * The interactions of several splits as one.
 *
 * @module
 */
import type { Dataset, Interactions, Split } from "../data/dataset.ts";

/**
 * The rows of some splits, one split's after the other's.
 *
 * @param dataset The dataset.
 * @param splits Which.
 */
export function joinedSplits(dataset: Dataset, splits: readonly Split[]): Interactions {
  const parts = splits.map((split) => dataset[split]);
  const length = parts.reduce((sum, { users }) => sum + users.length, 0);
  const joined = { users: new Uint32Array(length), items: new Uint32Array(length) };
  let first = 0;
  for (const { users, items } of parts) {
    joined.users.set(users, first);
    joined.items.set(items, first);
    first += users.length;
  }
  return joined;
}
