import { assertAlmostEquals, assertEquals } from "@std/assert";
import { percentileInterval, resampledMeans } from "../../../lab/statistics/bootstrap.ts";
import { holm } from "../../../lab/statistics/holm.ts";
import { moments } from "../../../lab/statistics/moments.ts";
import { pairedT } from "../../../lab/statistics/paired_t.ts";
import { signedRanks } from "../../../lab/statistics/wilcoxon.ts";

Deno.test("moments() gives the mean and the sample deviation", () => {
  assertEquals(moments([1, 2, 3, 6]), { mean: 3, deviation: Math.sqrt(14 / 3) });
  assertEquals(moments([5]), { mean: 5, deviation: NaN });
});

Deno.test("moments() gives equal numbers back, whatever their sum is rounded to", () => {
  for (const value of [0.1, 1 / 3, -0.05]) {
    for (const count of [2, 10, 100]) {
      assertEquals(moments(Array(count).fill(value)), { mean: value, deviation: 0 });
    }
  }
  assertEquals(moments([]), { mean: NaN, deviation: NaN });
});

Deno.test("pairedT() gives the figures computed by hand", () => {
  // Mean 2, deviation 1: t = 2·√3, of which two-sided p = 1 − √(6/7) for two degrees of freedom.
  const { t, p, effect, freedom } = pairedT([1, 2, 3]);
  assertEquals([effect, freedom], [2, 2]);
  assertAlmostEquals(t, 2 * Math.sqrt(3), 1e-15);
  assertAlmostEquals(p, 1 - Math.sqrt(6 / 7), 1e-14);
});

Deno.test("pairedT() finds nothing where all differences are 0, and all where all are another number", () => {
  assertEquals(pairedT([0, 0, 0]), { freedom: 2, t: 0, p: 1, effect: 0 });
  assertEquals(pairedT([-2, -2]), { freedom: 1, t: -Infinity, p: 0, effect: -Infinity });
});

Deno.test("signedRanks() leaves zeros out and shares ranks among ties", () => {
  // Sizes 1, 1, 2: ranks 3/2, 3/2, 3. Of 8 signs those with a sum of 3/2 or less are −−−, +−− and −+−.
  const found = signedRanks([0, 1, -1, 2]);
  assertEquals(found, { positive: 4.5, negative: 1.5, p: 6 / 8, isExact: true, effect: 0.5 });
});

Deno.test("signedRanks() finds nothing where all differences are 0", () => {
  assertEquals(signedRanks([0, 0]), { positive: 0, negative: 0, p: 1, isExact: true, effect: 0 });
});

Deno.test("holm() corrects the smallest most, and never leaves one below a smaller one", () => {
  // 3·0.01, 2·0.02 and 1·0.03, which may not be less than 0.04.
  assertEquals(holm([0.03, 0.01, 0.02]), [0.04, 0.03, 0.04]);
  assertEquals(holm([0.6, 0.7]), [1, 1]);
  assertEquals(holm([]), []);
});

Deno.test("resampledMeans() draws the same rows for all columns", () => {
  const rows = [2, 0, 1, 1, 2, 2];
  const columns = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)];
  const means = resampledMeans(columns, 2, () => rows.shift()!);
  assertEquals(means, [Float64Array.of(2, 8 / 3), Float64Array.of(20, 80 / 3)]);
});

Deno.test("percentileInterval() lies between the nearest values", () => {
  assertEquals(percentileInterval(Float64Array.of(4, 0, 1, 3, 2), 0.75), [0.5, 3.5]);
  assertEquals(percentileInterval(Float64Array.of(7), 0.95), [7, 7]);
});
