/**
 * A sample of the users whose validation rows are ranked for a choice between settings.
 *
 * @module
 */
import type { Dataset, Interactions } from "../data/dataset.ts";

/** Users that settings are chosen by at most, unless a model has another bound. */
const mostUsers = 10_000;

/**
 * The dataset with the validation rows of so many of its users, evenly taken by their indices.
 *
 * @param dataset The dataset.
 * @param most How many users at most (default: 10,000).
 */
export function withFewerUsers(dataset: Dataset, most: number = mostUsers): Dataset {
  const { valid } = dataset;
  const users = Uint32Array.from(new Set(valid.users)).sort();
  if (users.length <= most) return dataset;
  const taken = new Set(
    Array.from({ length: most }, (_, n) => users[Math.floor(n * users.length / most)]),
  );
  const rows = [...valid.users.keys()].filter((row) => taken.has(valid.users[row]));
  const part = (key: keyof Interactions) => Uint32Array.from(rows, (row) => valid[key][row]);
  return { ...dataset, valid: { users: part("users"), items: part("items") } };
}
