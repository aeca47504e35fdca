import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rocArea } from "../../../lab/statistics/roc_area.ts";

Deno.test("rocArea() counts ties as half", () => {
  // Of 2×3 pairs: 2 beats 1, ties 2, loses to 3; 3 beats 1 and 2, ties 3.
  assertAlmostEquals(rocArea([2, 3], [1, 2, 3]).area, (1 + 0.5 + 0 + 1 + 1 + 0.5) / 6);
  assertEquals(rocArea([7, 7], [7, 7, 7]), { area: 0.5, error: 0 });
  assertEquals(rocArea([2, 3], [0, 1]), { area: 1, error: 0 });
  assertEquals(rocArea([0, 1], [2, 3]).area, 0);
});

Deno.test("rocArea() has DeLong's error, and none of fewer than two of a kind", () => {
  // Placements of the positives 1/2 and 5/6, of the negatives 0, 1/4 and 3/4: variances 1/18 and 7/48.
  const { error } = rocArea([2, 3], [1, 2, 3]);
  assertAlmostEquals(error, Math.sqrt((1 / 18) / 2 + (7 / 48) / 3));
  assertEquals(rocArea([1], [0, 2]).error, NaN);
  assertEquals(rocArea([], [0, 2]).area, NaN);
});
