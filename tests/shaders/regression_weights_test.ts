import { assertEquals } from "@std/assert";
import { regressionWeights } from "../../shaders/regression_weights/regression_weights.ts";
import { assertClose, randomValues } from "./op_check.ts";
import { changed, gpuOfRows } from "./symmetric_matrices.ts";

Deno.test("regressionWeights() divides columns by the diagonal, and clears it", async () => {
  for (const [n, rows] of [[1], [5], [64], [130], [515, 256]]) {
    const p = randomValues(n * n, 1);
    const gpu = rows === undefined ? undefined : await gpuOfRows(rows, n);
    const append: Parameters<typeof changed>[1] = (program, matrix) => {
      regressionWeights(program, matrix);
      return undefined;
    };
    const { values, blocks } = await changed(p, append, { gpu });
    assertEquals(blocks, rows === undefined ? 1 : 3);
    const expected = Float64Array.from(p, (value, at) => {
      const column = at % n;
      return Math.floor(at / n) === column ? 0 : -value / p[column * n + column];
    });
    assertClose(values, expected, 1e-6, `weights of ${n}×${n}`);
  }
});
