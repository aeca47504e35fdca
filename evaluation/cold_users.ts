/**
 * Who is a cold user: one rule, for metrics and for diagnostics.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";

/** The most train interactions of a cold user, where nothing else is said. */
export const coldLimit = 5;

/** A part of the users. */
export interface UserGroup {
  /** What it is called where its numbers are shown. */
  readonly name: string;
  /** Whether a user is in it. */
  readonly has: (user: number) => boolean;
}

/**
 * The users with few train interactions, and the others.
 *
 * @param dataset The dataset.
 * @param limit The most train interactions of a cold user.
 * @returns The cold ones first; each user is in one of both.
 * @example
 * ```ts
 * import { indices } from "../data/identifiers.ts";
 * import { coldAndOtherUsers } from "./cold_users.ts";
 * const train = { users: new Uint32Array([1, 1]), items: new Uint32Array([0, 1]) };
 * const splits = { train, valid: train, test: train };
 * const ids = { userIds: indices(2), itemIds: indices(3) };
 * const dataset = { name: "x", users: 2, items: 3, ...splits, ...ids, modalities: [] };
 * const [cold] = coldAndOtherUsers(dataset, 1);
 * [cold.has(0), cold.has(1), cold.name]; // [true, false, "users with at most 1 train interactions"]
 * ```
 */
export function coldAndOtherUsers(dataset: Dataset, limit: number): [UserGroup, UserGroup] {
  const counts = new Uint32Array(dataset.users);
  for (const user of dataset.train.users) counts[user]++;
  return [
    {
      name: `users with at most ${limit} train interactions`,
      has: (user) => counts[user] <= limit,
    },
    {
      name: `users with more than ${limit} train interactions`,
      has: (user) => counts[user] > limit,
    },
  ];
}
