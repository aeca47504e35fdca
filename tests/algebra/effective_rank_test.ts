import { assertAlmostEquals, assertEquals } from "@std/assert";
import { effectiveRank } from "../../algebra/effective_rank.ts";

Deno.test("effectiveRank() is the number of values that are alike, and 1 of one alone", () => {
  assertAlmostEquals(effectiveRank([3, 3, 3, 3]), 4);
  assertEquals(effectiveRank([5, 0, 0]), 1);
  assertEquals(effectiveRank([0, 0]), 0);
});

Deno.test("effectiveRank() of shares 1/2, 1/4, 1/4 is 2^1.5, whatever their order and scale", () => {
  assertAlmostEquals(effectiveRank([2, 4, 2]), 2 ** 1.5);
  assertAlmostEquals(effectiveRank([100, 50, 50]), 2 ** 1.5);
});
