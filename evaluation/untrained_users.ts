/**
 * Users and items without a train row: a model knows nothing of them, for none of its parameters was
 * trained by them.
 *
 * @module
 */
import type { Dataset, Interactions } from "../data/dataset.ts";
import { counted } from "../data/counts.ts";

/** Who has a train row, by the train rows: they are looked through once, and not for each list. */
const trained = {
  users: new WeakMap<Interactions, Uint8Array>(),
  items: new WeakMap<Interactions, Uint8Array>(),
};

/**
 * 1 for each user, or each item, that has a train row.
 *
 * @param dataset The dataset; it may have got more items since.
 * @param what Which of them.
 */
export function withTrainRow(dataset: Dataset, what: "users" | "items"): Uint8Array {
  const { train, [what]: count } = dataset;
  const known = trained[what].get(train);
  if (known?.length === count) return known;
  const isTrained = new Uint8Array(count);
  for (const index of train[what]) isTrained[index] = 1;
  trained[what].set(train, isTrained);
  return isTrained;
}

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
  dataset: Dataset,
  users: Iterable<number> = Array(dataset.users).keys(),
): number[] {
  const isKnown = withTrainRow(dataset, "users");
  const unknown = new Set<number>();
  for (const user of users) if (isKnown[user] === 0) unknown.add(user);
  return [...unknown];
}

/**
 * Those of some items that have no train row.
 *
 * @param dataset The dataset.
 * @param items Indices of items.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { itemsWithoutTrainRow } from "./untrained_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * itemsWithoutTrainRow(dataset, new Uint32Array([1, 2])); // []
 * ```
 */
export function itemsWithoutTrainRow(dataset: Dataset, items: Uint32Array): number[] {
  const isKnown = withTrainRow(dataset, "items");
  return Array.from(items).filter((item) => isKnown[item] === 0);
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
  return noteOf("user", cold.map((user) => dataset.userIds.idOf(user)), consequence);
}

/**
 * A note on items of a history that have no train row; nothing where there are none.
 *
 * @param dataset The dataset.
 * @param history Indices of the items.
 * @param hasRows Whether the model has rows, which its features may tell of where no interaction does.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { untrainedHistoryNote } from "./untrained_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * untrainedHistoryNote(dataset, new Uint32Array([1, 2]), true); // undefined
 * ```
 */
export function untrainedHistoryNote(
  dataset: Dataset,
  history: Uint32Array,
  hasRows: boolean,
): string | undefined {
  const cold = itemsWithoutTrainRow(dataset, history);
  const isPopular = !hasRows && cold.length === history.length;
  const consequence = isPopular
    ? "popular items are recommended"
    : "there are no interactions to judge them by";
  return noteOf("item", cold.map((item) => dataset.itemIds.idOf(item)), consequence);
}

function noteOf(what: string, cold: readonly unknown[], consequence: string): string | undefined {
  if (cold.length === 0) return undefined;
  const names = cold.slice(0, named).map((id) => JSON.stringify(id));
  const list = names.join(", ") + (cold.length > named ? ", …" : "");
  return `${counted(cold.length, what)} without a train row (${list}): ${consequence}`;
}
