/**
 * The users whose validation rows are ranked: all, or some that stand for them.
 *
 * @module
 */
import { counted, grouped } from "../data/counts.ts";
import type { Dataset, Interactions } from "../data/dataset.ts";
import { usersOfSplit } from "../evaluation/ranking.ts";
import type { EpochLine } from "./epoch_line.ts";
import { permutation, streams } from "../gpu/random.ts";

/** Users that settings are chosen by at most, unless a model has another bound. */
const mostUsers = 10_000;

/**
 * The dataset with the validation rows of so many of its users, evenly taken by their indices.
 *
 * @param dataset The dataset.
 * @param most How many users at most (default: 10,000).
 */
export function withFewerUsers(dataset: Dataset, most: number = mostUsers): Dataset {
  const users = usersOfSplit(dataset, "valid");
  if (users.length <= most) return dataset;
  const evenly = { length: most };
  return withUsers(
    dataset,
    Uint32Array.from(evenly, (_, n) => users[Math.floor(n * users.length / most)]),
  );
}

/**
 * The dataset with the validation rows of some of its users, drawn by a seed: what the epochs of a training are
 * ranked on, the same in each.
 *
 * @param dataset The dataset.
 * @param count How many users (default: all).
 * @param seed What they are drawn by.
 * @returns The dataset itself where it has no more users with a validation row.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { withDrawnUsers } from "./validation_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * new Set(withDrawnUsers(dataset, 10, 0).valid.users).size; // 10
 * ```
 */
export function withDrawnUsers(dataset: Dataset, count: number | undefined, seed: number): Dataset {
  if (count === undefined) return dataset;
  const users = usersOfSplit(dataset, "valid");
  if (users.length <= count) return dataset;
  const drawn = permutation(users.length, seed, streams.validationUsers, 0).subarray(0, count);
  return withUsers(dataset, drawn.map((place) => users[place]));
}

/**
 * How many users validation ranks where it does not rank all, as the line of an epoch has it.
 *
 * @param dataset The dataset.
 * @param count How many users are drawn (default: all).
 */
export function drawnUsers(
  dataset: Dataset,
  count: number | undefined,
): Pick<EpochLine, "validation_users"> {
  return drawnUsersText(dataset, count) === undefined ? {} : { validation_users: count };
}

/**
 * Whom validation ranks where it does not rank all, in words.
 *
 * @param dataset The dataset.
 * @param count How many users are drawn (default: all).
 * @returns Nothing where all are ranked.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { drawnUsersText } from "./validation_users.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * drawnUsersText(dataset, 10); // "10 of 1,200 users, drawn by the seed"
 * ```
 */
export function drawnUsersText(dataset: Dataset, count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  const all = usersOfSplit(dataset, "valid").length;
  return all <= count
    ? undefined
    : `${grouped(count)} of ${counted(all, "user")}, drawn by the seed`;
}

function withUsers(dataset: Dataset, users: Uint32Array): Dataset {
  const { valid } = dataset;
  const isTaken = new Uint8Array(dataset.users);
  for (const user of users) isTaken[user] = 1;
  const part = (key: keyof Interactions) =>
    valid[key].filter((_, row) => isTaken[valid.users[row]] === 1);
  return { ...dataset, valid: { users: part("users"), items: part("items") } };
}
