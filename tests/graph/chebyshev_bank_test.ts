import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { chebyshevCoefficients, publishedBank, smoothBank } from "../../graph/chebyshev_bank.ts";

/** A row of a bank at a point, by the definition of the polynomials. */
const at = (row: number[], x: number) =>
  row.reduce((sum, c, k) => sum + c * Math.cos(k * Math.acos(x)), 0);

function assertBank(found: number[][], expected: number[][]): void {
  assertEquals(found.map((row) => row.length), expected.map((row) => row.length));
  found.forEach((row, b) => row.forEach((c, k) => assertAlmostEquals(c, expected[b][k], 1e-12)));
}

Deno.test("publishedBank() of three bands is the published one, of any order", () => {
  for (const order of [3, 5]) {
    assertBank(publishedBank(3, order), [[1, 0.5, 0, 0], [0, 0, 0.8, -0.3], [0, -0.5, -0.8, 0.3]]);
  }
});

Deno.test("publishedBank() deals the degrees to the middle bands in turn", () => {
  assertBank(publishedBank(4, 5), [
    [1, 0.5, 0, 0, 0, 0],
    [0, 0, 0.8, 0, 0.3, 0],
    [0, 0, 0, -0.8, 0, -0.3],
    [0, -0.5, -0.8, 0.8, -0.3, 0.3],
  ]);
  assertBank(publishedBank(1, 5), [[1]]);
  assertBank(publishedBank(2, 5), [[1, 0.5], [0, -0.5]]);
});

Deno.test("publishedBank() leaves a middle band without a degree empty", () => {
  assertEquals(publishedBank(6, 3)[4], [0, 0, 0, 0]);
});

Deno.test("smoothBank() is as near to its windows as its degree allows", () => {
  const [width, border] = [0.05, 0.2];
  const [low] = smoothBank({ bands: 2, degree: 32, width, borders: [border] });
  let worst = 0;
  for (let n = 0; n <= 200; n++) {
    const x = n / 100 - 1;
    worst = Math.max(worst, Math.abs(at(low, x) - 1 / (1 + Math.exp(-(x - border) / width))));
  }
  assert(worst < 0.02 && worst > 0.001, `${worst}`);
});

Deno.test("smoothBank() adds up to one, lowest frequencies first", () => {
  for (let bands = 1; bands <= 8; bands++) {
    const bank = smoothBank({ bands, degree: 40, width: 0.05 });
    for (const x of [-1, -0.3, 0, 0.77, 1]) {
      assertAlmostEquals(bank.reduce((sum, row) => sum + at(row, x), 0), 1, 1e-12);
    }
    if (bands > 1) assert(at(bank[0], 1) > 0.98 && at(bank[bands - 1], -1) > 0.98);
  }
});

Deno.test("chebyshevCoefficients() of a polynomial are exact", () => {
  const found = chebyshevCoefficients((x) => 4 * x ** 3 - 3 * x + 2, 5);
  [2, 0, 0, 1, 0, 0].forEach((c, k) => assertAlmostEquals(found[k], c, 1e-12));
});
