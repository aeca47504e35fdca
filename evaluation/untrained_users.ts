/**
 * Users without a train row: a model knows nothing of them, for none of its parameters was trained by them.
 *
 * @module
 */
import type { Dataset, Interactions } from "../data/dataset.ts";
import { counted } from "../data/counts.ts";

/** Who has a train row, by the train rows: they are looked through once, and not for each list. */
const trained = new WeakMap<Interactions, Uint8Array>();

/**
 * Those of some users that have no train row.
 *
 * @param dataset The dataset.
 * @param users Indices of users (default: all).
 * @returns Their indices, each once.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { usersWithoutTrainRow } from "./untrained_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * usersWithoutTrainRow(dataset).length; // 0
 * ```
 */
export function usersWithoutTrainRow(
  { train, users: count }: Dataset,
  users: Iterable<number> = Array(count).keys(),
): number[] {
  const isKnown = trained.get(train) ?? new Uint8Array(count);
  if (!trained.has(train)) {
    for (const user of train.users) isKnown[user] = 1;
    trained.set(train, isKnown);
  }
  return [...new Set(users)].filter((user) => isKnown[user] === 0);
}

/** How many of them a note names. */
const named = 3;

/**
 * A note on users without a train row; nothing where there are none.
 *
 * @param dataset The dataset.
 * @param users Indices of the users that are asked about (default: all).
 * @param consequence What becomes of them.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { untrainedUsersNote } from "./untrained_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * untrainedUsersNote(dataset, [1, 2], "they get popular items"); // undefined
 * ```
 */
export function untrainedUsersNote(
  dataset: Dataset,
  users: Iterable<number> | undefined,
  consequence: string,
): string | undefined {
  const cold = usersWithoutTrainRow(dataset, users);
  if (cold.length === 0) return undefined;
  const names = cold.slice(0, named).map((user) => JSON.stringify(dataset.userIds.idOf(user)));
  const list = names.join(", ") + (cold.length > named ? ", …" : "");
  return `${counted(cold.length, "user")} without a train row (${list}): ${consequence}`;
}
