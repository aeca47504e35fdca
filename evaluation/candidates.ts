/**
 * Scores of some items alone, where not all may be given.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import { gather, rowList } from "../shaders/gather/gather.ts";
import type { ScoreSource } from "./score_tiles.ts";

/**
 * The scores of some items: item n of the result is item `candidates[n]` of the source. No score of
 * another item is computed where scores are products.
 *
 * @param program Where the rows of the candidates are gathered; to be run once, before the scores.
 * @param source The scores of all items.
 * @param candidates Item indices, ascending, so that ties keep their order.
 */
export function candidateScores(
  program: Program,
  source: ScoreSource,
  candidates: Uint32Array,
): ScoreSource {
  if (source.kind === "products") {
    const { users, items } = source.representation;
    const list = rowList(program, "candidates", candidates.length, candidates);
    const table = gather(program, items.table, list, items.firstRow);
    const chosen = { table, firstRow: 0, rows: candidates.length };
    return { kind: "products", representation: { users, items: chosen } };
  }
  const { scorer } = source;
  return {
    kind: "scorer",
    scorer: {
      users: scorer.users,
      items: candidates.length,
      scoreUsers(userStart, userEnd) {
        const all = scorer.scoreUsers(userStart, userEnd);
        const scores = new Float32Array((userEnd - userStart) * candidates.length);
        for (let row = 0; row < userEnd - userStart; row++) {
          candidates.forEach((item, n) =>
            scores[row * candidates.length + n] = all[row * scorer.items + item]
          );
        }
        return scores;
      },
      scoreHistory(history) {
        const all = scorer.scoreHistory(history);
        return Float32Array.from(candidates, (item) => all[item]);
      },
    },
  };
}

/**
 * The place of each item among the candidates.
 *
 * @param candidates Item indices, each once.
 * @param items Number of items.
 * @returns `items` places; −1 for an item that is no candidate.
 * @example
 * ```ts
 * import { placesOf } from "./candidates.ts";
 * placesOf(Uint32Array.of(1, 2), 4); // [-1, 0, 1, -1]
 * ```
 */
export function placesOf(candidates: Uint32Array, items: number): Int32Array {
  const places = new Int32Array(items).fill(-1);
  candidates.forEach((item, place) => places[item] = place);
  return places;
}
