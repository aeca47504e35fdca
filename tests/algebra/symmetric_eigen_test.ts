import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { symmetricEigen, symmetricEigenAsync } from "../../algebra/symmetric_eigen.ts";
import { InterruptedError } from "../../errors.ts";

function check(matrix: Float64Array, n: number): void {
  const { values, vectors } = symmetricEigen(matrix, n);
  const norm = Math.hypot(...matrix) || 1;
  for (let k = 0; k < n; k++) {
    assert(k === 0 || values[k] <= values[k - 1], "descending");
    for (let i = 0; i < n; i++) {
      let image = 0;
      for (let j = 0; j < n; j++) image += matrix[i * n + j] * vectors[j * n + k];
      assertAlmostEquals(image, values[k] * vectors[i * n + k], 1e-13 * n * norm);
    }
    for (let l = 0; l <= k; l++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += vectors[i * n + k] * vectors[i * n + l];
      assertAlmostEquals(dot, k === l ? 1 : 0, 1e-13 * n);
    }
  }
}

function symmetric(n: number, entry: (i: number, j: number) => number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = entry(i, j);
  }
  return matrix;
}

Deno.test("symmetricEigen() gives eigenpairs of random matrices of every size", () => {
  const next = uniforms(1);
  for (const n of [1, 2, 3, 5, 16, 63, 100]) check(symmetric(n, () => 2 * next() - 1), n);
});

Deno.test("symmetricEigen() holds with repeated, zero and far apart eigenvalues", () => {
  check(symmetric(7, (i, j) => i === j ? 3 : 0), 7);
  check(new Float64Array(25), 5);
  check(symmetric(20, () => 1), 20);
  check(symmetric(12, (i, j) => 10 ** (-i - j)), 12);
  check(symmetric(9, (i, j) => Math.abs(i - j) === 1 ? 1e150 : 0), 9);
});

Deno.test("symmetricEigen() stays orthogonal where rounding errors of a low rank fade away", () => {
  for (const [left, right] of [[5, 264], [20, 249], [69, 200]]) {
    const weight = Math.fround(1 / Math.sqrt(left * right));
    const between = (i: number, j: number) => (i < left) !== (j < left) ? weight : 0;
    check(symmetric(left + right, between), left + right);
  }
});

Deno.test("symmetricEigen() knows the spectrum of a path", () => {
  const n = 40;
  const { values } = symmetricEigen(symmetric(n, (i, j) => i - j === 1 ? 1 : 0), n);
  values.forEach((value, k) =>
    assertAlmostEquals(value, 2 * Math.cos((k + 1) * Math.PI / (n + 1)), 1e-13)
  );
  assertEquals(symmetricEigen([], 0).values.length, 0);
});

Deno.test("symmetricEigenAsync() gives the same, and ends a long computation where it is aborted", async () => {
  const next = uniforms(1);
  const matrix = symmetric(30, () => next());
  assertEquals(await symmetricEigenAsync(matrix, 30), symmetricEigen(matrix, 30));
  const large = symmetric(600, () => next());
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  await assertRejects(() => symmetricEigenAsync(large, 600, controller.signal), InterruptedError);
});
