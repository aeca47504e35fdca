import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  chebyshevCoefficients,
  type Sampling,
  transfer,
} from "../../../models/chebycf/coefficients.ts";

/** `Σ_k c_k T_k(x)`. */
const value = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, c, k) => sum + c * Math.cos(k * Math.acos(x)), 0);

const nodes = (order: number) =>
  Array.from({ length: order + 1 }, (_, j) => Math.cos((j + 0.5) * Math.PI / (order + 1)));

Deno.test("chebyshevCoefficients() sampled exactly give the function at the nodes", () => {
  for (const [order, flatness] of [[1, 1], [8, 10], [13, 15]]) {
    const coefficients = chebyshevCoefficients(order, flatness, "exact");
    assertEquals(coefficients.length, order + 1);
    for (const x of nodes(order)) {
      assertAlmostEquals(value(coefficients, x), transfer(x, flatness), 1e-12);
    }
  }
});

Deno.test("chebyshevCoefficients() as published miss the function by what methods.md says", () => {
  const error = (sampling: Sampling) => {
    const coefficients = chebyshevCoefficients(8, 10, sampling);
    return nodes(8).reduce(
      (most, x) => Math.max(most, Math.abs(value(coefficients, x) - transfer(x, 10))),
      0,
    );
  };
  assert(error("published") > 0.1 && error("published") < 0.14, `${error("published")}`);
  const ends = [-1, 1].map((x) => value(chebyshevCoefficients(8, 10, "published"), x));
  assertAlmostEquals(ends[0], 1.05, 5e-3);
  assertAlmostEquals(ends[1], -0.05, 5e-3);
});
