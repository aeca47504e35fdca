/**
 * Popularity: every user gets the items that were taken most often (methods.md, §2, as a floor).
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { RowScorer } from "../score_rows.ts";

/**
 * Scores an item by its number of train interactions.
 *
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @returns Scores that are the same for all users.
 * @example
 * ```ts
 * import { interactionMatrix } from "../../graph/interaction_graph.ts";
 * import { popularity } from "./popularity.ts";
 * const pairs = { users: new Uint32Array([0, 1, 1]), items: new Uint32Array([2, 2, 0]) };
 * popularity(interactionMatrix(pairs, 2, 3)).scoreUsers(0, 1); // [1, 0, 2]
 * ```
 */
export function popularity(interactions: Csr): RowScorer {
  const { rows: users, columns: items } = interactions;
  // Counts are exact in f32 up to 2²⁴ interactions an item.
  const counts = new Float32Array(items);
  for (const item of interactions.column) counts[item]++;
  return {
    users,
    items,
    scoreUsers(userStart, userEnd) {
      const scores = new Float32Array((userEnd - userStart) * items);
      for (let at = 0; at < scores.length; at += items) scores.set(counts, at);
      return scores;
    },
    scoreHistory: () => counts.slice(),
  };
}
