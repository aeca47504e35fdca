import { turbocf } from "../../../models/turbocf/turbocf.ts";
import { gram, sumOf, times } from "../../reference/filters.ts";
import { assertFilter, assertLinear, taken } from "../filters/filter_case.ts";

for (const [exponent, sharpness] of [[0.5, 1], [0.95, 0.5]]) {
  const p = gram(taken, exponent, sharpness);
  const square = times(p, p);
  const filters = [
    p,
    sumOf([[2, p], [-1, square]]),
    sumOf([[1, p], [-0.01, times(square, p)], [0.1, square], [-0.29, p]]),
  ];
  filters.forEach((filter, n) => {
    Deno.test(`turbocf of order ${n + 1} is its dense filter at a ${exponent}, s ${sharpness}`, async () => {
      await assertFilter(turbocf, { exponent, sharpness, order: n + 1 }, filter);
    });
  });
}

Deno.test("turbocf scores a history by the sum of its items", async () => {
  await assertLinear(turbocf, { order: 3 });
});
