import { halvesDot } from "../../shaders/halves_dot/halves_dot.ts";
import { checkOp } from "./op_check.ts";

Deno.test("halvesDot() is right forward and backward", async () => {
  for (const [rows, half] of [[1, 1], [65, 3], [130, 8]]) {
    await checkOp({
      inputs: [{ rows, columns: 2 * half }],
      build: (program, [x]) => halvesDot(program, x),
      twin: ([x]) =>
        Float64Array.from({ length: rows }, (_, row) => {
          const start = 2 * row * half;
          return x.subarray(start, start + half)
            .reduce((sum, value, c) => sum + value * x[start + half + c], 0);
        }),
    });
  }
});
