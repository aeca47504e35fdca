import { normRatio } from "../../shaders/norm_ratio/norm_ratio.ts";
import { checkOp } from "./op_check.ts";

Deno.test("normRatio() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [130, 8]]) {
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [p, q]) => normRatio(program, p, q, 3),
      twin: ([p, q]) =>
        Float64Array.from({ length: rows }, (_, row) => {
          const norm = (x: Float64Array) =>
            Math.hypot(...x.subarray(row * columns, (row + 1) * columns));
          return (3 * norm(p) + 1e-6) / (norm(q) + 1e-6);
        }),
      gradientError: 1e-4,
    });
  }
});
