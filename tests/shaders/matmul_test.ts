import { linear, matmul } from "../../shaders/matmul/matmul.ts";
import { product } from "../reference/dense.ts";
import { checkOp } from "./op_check.ts";

const shapes: [number, number, number][] = [
  [1, 1, 1],
  [3, 5, 7],
  [8, 8, 4],
  [9, 12, 8],
  [63, 64, 20],
  [64, 68, 1200],
  [65, 4, 3],
];

for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    const form = `${transposeA ? "Aᵀ" : "A"}${transposeB ? "Bᵀ" : "B"}`;
    Deno.test(`matmul() is right forward and backward for ${form}`, async () => {
      for (const [m, n, k] of shapes) {
        await checkOp({
          inputs: [
            transposeA ? { rows: k, columns: m } : { rows: m, columns: k },
            transposeB ? { rows: n, columns: k } : { rows: k, columns: n },
          ],
          build: (program, [a, b]) => matmul(program, a, b, { transposeA, transposeB }),
          twin: ([a, b]) => product(a, b, m, n, k, transposeA, transposeB),
        });
      }
    });
  }
}

Deno.test("linear() is right forward and backward, with bias", async () => {
  for (const [rows, columns, out] of [[1, 1, 1], [2, 3, 5], [300, 8, 4], [1100, 12, 64]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: out, columns }, { rows: 1, columns: out }],
      build: (program, [x, weight, bias]) => linear(program, x, weight, bias),
      twin: ([x, weight, bias]) =>
        product(x, weight, rows, out, columns, false, true).map((v, n) => v + bias[n % out]),
    });
  }
});

Deno.test("linear() is right for more than 65,535 workgroups", async () => {
  const rows = 2 ** 21 + 5;
  await checkOp({
    inputs: [{ rows, columns: 2 }, { rows: 2, columns: 2 }, { rows: 1, columns: 2 }],
    build: (program, [x, weight, bias]) => linear(program, x, weight, bias),
    twin: ([x, weight, bias]) =>
      product(x, weight, rows, 2, 2, false, true).map((v, n) => v + bias[n % 2]),
    gradientElements: 2,
    gradientError: 2e-4,
  });
});
