import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { scrambledHalton } from "../../../lab/tune/halton.ts";

Deno.test("scrambledHalton() puts one of each b^k points into each of as many equal parts, whatever the seed", () => {
  for (const seed of [0, 1, 4_000_000_000]) {
    for (const [dimension, base] of [[0, 2], [1, 3], [2, 5], [6, 17]]) {
      for (const count of [base, base ** 2]) {
        const parts = Array.from(
          { length: count },
          (_, index) => Math.floor(scrambledHalton(index, dimension, seed) * count),
        );
        assertEquals(new Set(parts).size, count, `${seed} ${dimension}`);
      }
    }
  }
});

Deno.test("scrambledHalton() is a function of seed and index, and other seeds give other points", () => {
  const points = (seed: number) =>
    Array.from({ length: 20 }, (_, index) => scrambledHalton(index, 3, seed));
  assertEquals(points(5), points(5));
  assertNotEquals(points(5), points(6));
  assert([...points(5), ...points(0)].every((value) => value >= 0 && value < 1));
  // Two dimensions of many are no copies of each other, as without permutations those of large bases are.
  const [a, b] = [11, 12].map((dimension) =>
    Array.from({ length: 30 }, (_, index) => scrambledHalton(index, dimension, 0))
  );
  const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    mean(x.map((value, n) => (value - mx) * (y[n] - my)));
  const correlation = products(a, b, meanA, meanB) /
    Math.sqrt(products(a, a, meanA, meanA) * products(b, b, meanB, meanB));
  assert(Math.abs(correlation) < 0.5, String(correlation));
});
