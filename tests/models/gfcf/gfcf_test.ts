import { gfcf } from "../../../models/gfcf/gfcf.ts";
import {
  gram,
  powers,
  projector,
  rowSums,
  scaled,
  sumOf,
  turned,
} from "../../reference/filters.ts";
import { assertFilter, assertLinear, taken } from "../filters/filter_case.ts";

const degrees = rowSums(turned(taken));

for (const [eigenpairs, alpha] of [[1, 0.3], [6, 2], [40, 0.5], [5, 0]]) {
  Deno.test(`gfcf is its dense filter with ${eigenpairs} eigenpairs at weight ${alpha}`, async () => {
    const ideal = scaled(
      projector(taken, eigenpairs),
      powers(degrees, -0.5),
      powers(degrees, 0.5),
    );
    const filter = sumOf([[1, gram(taken, 0.5, 1)], [alpha, ideal]]);
    await assertFilter(gfcf, { eigenpairs, alpha }, filter);
  });
}

Deno.test("gfcf scores a history by the sum of its items", async () => {
  await assertLinear(gfcf, { eigenpairs: 6 });
});
