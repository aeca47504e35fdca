import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { product } from "../reference/dense.ts";
import { checkOp } from "./op_check.ts";

Deno.test("narrowLinear() is right forward and backward for a range of rows", async () => {
  for (const [rows, columns, out, firstRow] of [[1, 4, 1, 0], [300, 12, 3, 65], [64, 48, 5, 1]]) {
    const all = rows + firstRow + 2;
    await checkOp({
      hardware: true,
      inputs: [{ rows: all, columns }, { rows: out, columns }, { rows: 1, columns: out }],
      build: (program, [x, weight, bias]) =>
        narrowLinear(program, x, { weight, bias }, { firstRow, rows }),
      twin: ([x, weight, bias]) =>
        product(x, weight, all, out, columns, false, true)
          .slice(firstRow * out, (firstRow + rows) * out)
          .map((value, at) => value + bias[at % out]),
    });
  }
});
