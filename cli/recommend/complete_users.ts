/**
 * Users who have every item: nothing is left for them once all that they have is left out.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import { flags } from "../common/flags.ts";

/**
 * Those of some users who have every item of the dataset in one of its splits.
 *
 * @param dataset The dataset.
 * @param users Their indices.
 * @returns The indices of those who have.
 * @example
 * ```ts
 * import { readDataset } from "../../data/folder.ts";
 * import { usersWithEveryItem } from "./complete_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * usersWithEveryItem(dataset, [1, 2]).size; // 0
 * ```
 */
export function usersWithEveryItem(dataset: Dataset, users: Iterable<number>): Set<number> {
  const splits = [dataset.train, dataset.valid, dataset.test];
  const rows = new Uint32Array(dataset.users);
  for (const split of splits) for (const user of split.users) rows[user]++;
  const possible = new Set<number>();
  for (const user of users) if (rows[user] >= dataset.items) possible.add(user);
  if (possible.size === 0) return possible;
  const items = new Map(Array.from(possible, (user) => [user, new Set<number>()]));
  for (const split of splits) {
    split.users.forEach((user, row) => items.get(user)?.add(split.items[row]));
  }
  return new Set([...possible].filter((user) => items.get(user)!.size === dataset.items));
}

/**
 * What is done for them, where nobody said what is to be left out.
 *
 * @param count How many they are.
 */
export function everyItemNote(count: number): string | undefined {
  if (count === 0) return undefined;
  const have = count === 1 ? "has" : "have";
  return `${
    counted(count, "user")
  } ${have} every item of the dataset: recommending the items held out ` +
    `from training, as ${flags.setting("excludeSeen", "train")} does`;
}
