/**
 * Measures of users that tests make up.
 *
 * @module
 */
import type { UserMeasures } from "../../../lab/measures/user_measures.ts";

/**
 * Measures of users 0, 1, … by the ranks of their held-out items, which are items 0, 1, …
 *
 * @param ranks The ranks of each user.
 * @param lists Values of lists.
 */
export function madeMeasures(
  ranks: readonly (readonly number[])[],
  lists: UserMeasures["lists"] = {},
): UserMeasures {
  const start = [0];
  for (const own of ranks) start.push(start.at(-1)! + own.length);
  const ranked = {
    users: Uint32Array.from(ranks.keys()),
    start: Uint32Array.from(start),
    items: Uint32Array.from(ranks.flatMap((own) => [...own.keys()])),
    ranks: Uint32Array.from(ranks.flat()),
  };
  return { ranked, lists };
}
