import { cpOperator } from "../../shaders/cp_operator/cp_operator.ts";
import { checkOp } from "./op_check.ts";

Deno.test("cpOperator() is right forward and backward", async () => {
  for (
    const [rows, bands, d, rank] of [[1, 1, 1, 1], [65, 3, 4, 2], [40, 2, 3, 5], [17, 5, 8, 4]]
  ) {
    await checkOp({
      inputs: [
        { rows, columns: bands * d },
        { rows: bands, columns: rank },
        { rows: bands, columns: rank },
        { rows: 1, columns: rank * d },
      ],
      build: (program, [x, output, input, columns]) =>
        cpOperator(program, x, { output, input, columns }),
      twin([x, q, k, v]) {
        const y = new Float64Array(rows * bands * d);
        for (let row = 0; row < rows; row++) {
          for (let c = 0; c < d; c++) {
            for (let rho = 0; rho < rank; rho++) {
              let inner = 0;
              for (let n = 0; n < bands; n++) {
                inner += k[n * rank + rho] * x[(row * bands + n) * d + c];
              }
              for (let m = 0; m < bands; m++) {
                y[(row * bands + m) * d + c] += q[m * rank + rho] * v[rho * d + c] * inner;
              }
            }
          }
        }
        return y;
      },
    });
  }
});
