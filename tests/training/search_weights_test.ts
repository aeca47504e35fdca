import { assert, assertEquals } from "@std/assert";
import { searchWeights, weightsTogether } from "../../training/search_weights.ts";

/** Searches for the weights that are nearest to some. */
async function search(target: readonly number[]) {
  const asked: number[] = [];
  const told: number[] = [];
  const distance = (weights: readonly number[]) =>
    weights.reduce((sum, weight, n) => sum + (weight - target[n]) ** 2, 0);
  const found = await searchWeights(
    target.length,
    (candidates) => {
      asked.push(candidates.length);
      return Promise.resolve(candidates.map((one) => -distance(one)));
    },
    ({ score }) => told.push(score),
  );
  return { ...found, asked, told };
}

Deno.test("searchWeights() finds the best point of a simplex, in steps of .05", async () => {
  for (
    const target of [[0.5, 0.4, 0.1], [1, 0], [0, 1], [0.35, 0.65], [0.25, 0.25, 0.25, 0.25], [1]]
  ) {
    const { best, tried, asked, told } = await search(target);
    assertEquals(best.weights, target);
    assertEquals(told, told.toSorted((a, b) => a - b));
    assertEquals(told.at(-1), best.score);
    assertEquals(new Set(tried.map(({ weights }) => weights.join())).size, tried.length);
    for (const { weights } of tried) {
      assertEquals(Math.round(20 * weights.reduce((sum, weight) => sum + weight, 0)), 20);
      assertEquals(weights.every((weight) => Number.isInteger(Math.round(20 * weight))), true);
    }
    assertEquals(asked[0], target.length);
    assert(asked.slice(1).every((count) => count <= weightsTogether), String(asked));
    // Both are cornered by the first question.
    if (target.length === 2) assertEquals(tried.length, 21);
  }
});

Deno.test("searchWeights() keeps the best member alone where no blend is better, the first of equal ones", async () => {
  const alone = [0.1, 0.3, 0.3];
  const { best } = await searchWeights(
    3,
    (all) => Promise.resolve(all.map((one) => one.includes(1) ? alone[one.indexOf(1)] : 0.3)),
  );
  assertEquals(best, { weights: [0, 1, 0], score: 0.3 });
});
