import { assertAlmostEquals, assertEquals } from "@std/assert";
import { welchT } from "../../../lab/statistics/welch_t.ts";

const sample = (mean: number, deviation: number, count: number) => ({ mean, deviation, count });

Deno.test("welchT() is SciPy's ttest_ind_from_stats(equal_var=False)", () => {
  const cases = [
    [0.2, 0.01, 3, 0.25, 0.01, 3, 0.0036022326091040063],
    [0.2, 0.01, 3, 0.201, 0.01, 3, 0.9084300584902192],
    [1, 1, 2, 2, 1, 2, 0.42264973081037427],
    [0.5, 0.02, 5, 0.47, 0.005, 3, 0.02584251281476658],
    [0.1, 1e-9, 3, 0.1001, 1e-9, 4, 1.6007600491581104e-22],
    [3, 1, 30, 2.5, 2, 7, 0.5415762898206742],
  ];
  for (const [m, s, n, otherMean, otherS, otherN, expected] of cases) {
    const found = welchT(sample(m, s, n), sample(otherMean, otherS, otherN));
    assertAlmostEquals(found / expected, 1, 1e-10);
  }
});

Deno.test("welchT() takes what has no deviation as known", () => {
  assertEquals(welchT(sample(1, 0, 1), sample(1, 0, 1)), 1);
  assertEquals(welchT(sample(1, 0, 1), sample(2, 0, 3)), 0);
  // Then it is the t-test of one sample: t = √3·0.1/0.01 of 2 degrees of freedom.
  assertAlmostEquals(welchT(sample(0.3, 0, 1), sample(0.2, 0.01, 3)), 0.0033167587223568384, 1e-15);
});
