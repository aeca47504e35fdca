import { assertEquals } from "@std/assert";
import { weightsOf } from "../../../lab/study/user_segments.ts";

Deno.test("weightsOf() compares parts of the users, and none that nobody is in", () => {
  const strata = {
    few: { count: 0, mean: [0, 0] },
    some: { count: 4, mean: [0.25, 0.75] },
    many: { count: 2, mean: [0.5, 0.5] },
  };
  assertEquals(weightsOf(["low", "high"], strata), [
    { column: "low", segment: "some", users: 4, value: 0.25, above: 0 },
    { column: "low", segment: "many", users: 2, value: 0.5, above: 0.25 },
    { column: "high", segment: "some", users: 4, value: 0.75, above: 0 },
    { column: "high", segment: "many", users: 2, value: 0.5, above: -0.25 },
  ]);
});
