import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { normal, uniforms } from "../../algebra/random_sequence.ts";
import { assertEach } from "../assert_each.ts";

Deno.test("uniforms() repeats for a seed, differs between seeds, and fills [0, 1)", () => {
  const draw = (seed: number) => Array.from({ length: 10_000 }, uniforms(seed));
  const drawn = draw(1);
  assertEquals(draw(1), drawn);
  assertNotEquals(draw(2), drawn);
  assertEach(drawn, (value) => value >= 0 && value < 1, "in [0, 1)");
  const tenths = new Array(10).fill(0);
  for (const value of drawn) tenths[Math.floor(10 * value)]++;
  // Five standard deviations of a binomial count of 10,000 trials with probability 1/10.
  for (const count of tenths) assertAlmostEquals(count, 1000, 150);
});

Deno.test("normal() has mean 0 and variance 1", () => {
  const uniform = uniforms(7);
  const drawn = Array.from({ length: 20_000 }, () => normal(uniform));
  const mean = drawn.reduce((sum, value) => sum + value) / drawn.length;
  assertAlmostEquals(mean, 0, 0.035);
  assertAlmostEquals(drawn.reduce((sum, v) => sum + v * v, 0) / drawn.length, 1, 0.05);
});
