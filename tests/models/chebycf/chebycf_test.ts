import { chebycf } from "../../../models/chebycf/chebycf.ts";
import { chebyshevCoefficients } from "../../../models/chebycf/coefficients.ts";
import {
  type Dense,
  gram,
  identity,
  powers,
  projector,
  rowSums,
  scaled,
  sumOf,
  times,
  turned,
} from "../../reference/filters.ts";
import { assertFilter, assertLinear, taken } from "../filters/filter_case.ts";

const degrees = rowSums(turned(taken));

/** `Σ_k c_k T_k(L)`. */
function polynomial(coefficients: readonly number[]): Dense {
  const one = identity(taken.columns);
  const l = sumOf([[1, one], [-2, gram(taken, 0.5, 1)]]);
  const terms = [one, l];
  while (terms.length < coefficients.length) {
    terms.push(sumOf([[2, times(l, terms.at(-1)!)], [-1, terms.at(-2)!]]));
  }
  return sumOf(coefficients.map((weight, k) => [weight, terms[k]]));
}

const cases = [
  { order: 8, flatness: 10, eigenpairs: 9, alpha: 0.2, beta: 0.4, sampling: "published" },
  { order: 8, flatness: 10, eigenpairs: 9, alpha: 0.2, beta: 0.4, sampling: "exact" },
  { order: 1, flatness: 3.5, eigenpairs: 30, alpha: 1, beta: 0, sampling: "published" },
  { order: 15, flatness: 12, eigenpairs: 2, alpha: 0, beta: 0.7, sampling: "published" },
] as const;

for (const settings of cases) {
  const { order, flatness, eigenpairs, alpha, beta, sampling } = settings;
  Deno.test(`chebycf of order ${order} is its dense filter, sampled as ${sampling}, β ${beta}`, async () => {
    const coefficients = chebyshevCoefficients(order, flatness, sampling);
    const filter = sumOf([[1, polynomial(coefficients)], [alpha, projector(taken, eigenpairs)]]);
    await assertFilter(
      chebycf,
      settings,
      scaled(filter, powers(degrees, -beta), powers(degrees, beta)),
    );
  });
}

Deno.test("chebycf scores a history by the sum of its items", async () => {
  await assertLinear(chebycf, { eigenpairs: 4 });
});
