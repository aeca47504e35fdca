import { assert, assertEquals } from "@std/assert";
import { percentileInterval, resampledMeans } from "../../../lab/statistics/bootstrap.ts";
import { normalTails } from "../../../lab/statistics/normal.ts";
import { pairedT } from "../../../lab/statistics/paired_t.ts";
import { studentTails } from "../../../lab/statistics/student_t.ts";
import { signedRanks } from "../../../lab/statistics/wilcoxon.ts";
import figures from "./scipy_figures.json" with { type: "json" };

/** Relative to what is expected. */
function assertNear(found: number, expected: number, what: string, tolerance = 1e-9): void {
  const error = Math.abs(found - expected);
  assert(error <= tolerance * Math.abs(expected), `${what}: ${found}, SciPy ${expected}`);
}

Deno.test("studentTails() gives SciPy's p-values, in the tails too", () => {
  for (const [t, freedom, p] of figures.student) {
    assertNear(studentTails(t, freedom), p, `t ${t} of ${freedom}`, 1e-10);
  }
  assertEquals(studentTails(Infinity, 5), 0);
});

Deno.test("normalTails() gives SciPy's p-values, in the tails too", () => {
  for (const [z, p] of figures.normal) assertNear(normalTails(-z), p, `z ${z}`, 1e-12);
  assertEquals(normalTails(Infinity), 0);
});

for (const { name, differences, ...expected } of figures.tests) {
  Deno.test(`pairedT() gives SciPy's figures of ${name}`, () => {
    const { t, p, freedom } = pairedT(differences);
    assertNear(t, expected.t, "t");
    assertNear(p, expected.t_p, "p");
    assertEquals(freedom, differences.length - 1);
  });

  Deno.test(`signedRanks() gives SciPy's figures of ${name}`, () => {
    const { positive, negative, p } = signedRanks(differences);
    assertNear(Math.min(positive, negative), expected.w, "W");
    assertNear(p, expected.w_p, "p");
  });
}

Deno.test("percentileInterval() gives NumPy's percentiles of the same resamples", () => {
  const { values, indices, i95, i80 } = figures.bootstrap;
  const draws = indices.flat()[Symbol.iterator]();
  const columns = [values, values.map((value) => -value)].map((column) =>
    Float64Array.from(column)
  );
  const means = resampledMeans(columns, indices.length, () => draws.next().value!);
  for (const [level, expected] of [[0.95, i95], [0.8, i80]] as const) {
    percentileInterval(means[0], level).forEach((end, n) => assertNear(end, expected[n], "end"));
    const [lower, upper] = percentileInterval(means[1], level);
    assertNear(-upper, expected[0], "end of the negative ones");
    assertNear(-lower, expected[1], "end of the negative ones");
  }
});
