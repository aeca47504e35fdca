/**
 * The search for the weights of a blend: a coordinate search over the simplex of weights of a sum of 1, in steps of .05
 * [ours] (methods.md, §8).
 *
 * It begins with the best member alone. Then each pair of members in turn shares its common weight in all other ways;
 * the best of them is kept where it is better than what was found before. The search ends when no pair has a better one.
 *
 * @module
 */

/** Steps from no weight to all of it. */
const steps = 20;

/** Candidates that are asked for at a time at most, but for the members alone. */
export const weightsTogether = steps;

/** Weights that were tried. */
export interface TriedWeights {
  /** The weight of each member. */
  readonly weights: readonly number[];
  /** Their score. */
  readonly score: number;
}

/**
 * Searches for weights; of equally good ones the first is kept.
 *
 * @param members How many members there are.
 * @param scoresOf The score of each of some candidates, the larger the better.
 * @param onBetter Told of the best member, and of each better blend.
 * @returns The best weights, and all that were tried in their order, the members alone first.
 * @example
 * ```ts
 * import { searchWeights } from "./search_weights.ts";
 * const score = ([a, b]: readonly number[]) => -Math.abs(a - 0.3) - Math.abs(b - 0.7);
 * const found = await searchWeights(2, (all) => Promise.resolve(all.map(score)));
 * found.best.weights; // [0.3, 0.7]
 * ```
 */
export async function searchWeights(
  members: number,
  scoresOf: (candidates: readonly (readonly number[])[]) => Promise<readonly number[]>,
  onBetter: (best: TriedWeights) => void = () => {},
): Promise<{ readonly best: TriedWeights; readonly tried: readonly TriedWeights[] }> {
  const tried = new Map<string, TriedWeights>();
  let best: TriedWeights | undefined;
  let counts: readonly number[] = [];
  const tryAll = async (candidates: readonly (readonly number[])[]): Promise<boolean> => {
    const left = candidates.filter((one) => !tried.has(one.join()));
    if (left.length === 0) return false;
    const weights = left.map((one) => one.map((count) => count / steps));
    const scores = await scoresOf(weights);
    const before = best;
    left.forEach((one, n) => {
      const found = { weights: weights[n], score: scores[n] };
      tried.set(one.join(), found);
      if (best !== undefined && found.score <= best.score) return;
      [best, counts] = [found, one];
    });
    if (best !== before) onBetter(best!);
    return best !== before;
  };
  const all = Array.from({ length: members }, (_, n) => n);
  await tryAll(all.map((n) => all.map((m) => n === m ? steps : 0)));
  const pairs = all.flatMap((n) => all.slice(n + 1).map((m) => [n, m] as const));
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const [n, m] of pairs) {
      const common = counts[n] + counts[m];
      const shared = Array.from({ length: common + 1 }, (_, own) => {
        return counts.map((count, k) => k === n ? own : k === m ? common - own : count);
      });
      if (await tryAll(shared)) isBetter = true;
    }
  }
  return { best: best!, tried: [...tried.values()] };
}
