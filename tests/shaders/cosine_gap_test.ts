import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { checkOp } from "./op_check.ts";

Deno.test("cosineGaps() is right forward and backward for blocks of columns", async () => {
  for (const [rows, width] of [[1, 4], [65, 8], [130, 64]]) {
    const columns = width + 4;
    const inputs = [{ rows, columns }, { rows, columns }];
    await checkOp({
      inputs,
      build: (program, [a, b]) =>
        cosineGaps(
          program,
          [
            [{ tensor: a }, { tensor: b, column: 4 }],
            [{ tensor: a }, { tensor: a, column: 4 }],
          ],
          { width, factor: 0.7, label: "gaps" },
        ),
      twin([a, b]) {
        const gap = (x: Float64Array, y: Float64Array) => {
          const dot = (p: Float64Array, q: Float64Array) =>
            p.reduce((sum, v, n) => sum + v * q[n], 0);
          return 0.7 * (dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)) - 1) ** 2;
        };
        return Float64Array.from({ length: rows }, (_, row) => {
          const block = (x: Float64Array, column: number) =>
            x.subarray(row * columns + column, row * columns + column + width);
          return gap(block(a, 0), block(b, 4)) + gap(block(a, 0), block(a, 4));
        });
      },
      gradientError: 1e-4,
    });
  }
});
