import { assertEquals } from "@std/assert";
import { estimateText } from "../../../cli/study/study_text.ts";
import type { StudyEstimate } from "../../../lab/study/study_estimate.ts";

Deno.test("estimateText() says how many runs there are, and how long the rest takes", () => {
  const estimate = (runs: number, left: number) => {
    const grid = { data: { dataset: { name: "shop" } }, variants: [{ name: "a" }] };
    const grids = [{ ...grid, trials: Array(runs).fill({}) }];
    return estimateText({ grids, left, seconds: 60, sources: [] } as unknown as StudyEstimate, "X");
  };
  assertEquals(
    estimate(1, 1),
    "shop: 1 run, 1 variant: a\n1 run: about 1 min on X, if none stops early\n",
  );
  assertEquals(
    estimate(2, 1),
    "shop: 2 runs, 1 variant: a\n1 of 2 runs is left: about 1 min on X, if none stops early\n",
  );
  assertEquals(estimate(2, 0), "shop: 2 runs, 1 variant: a\n0 of 2 runs are left: nothing to do\n");
});
