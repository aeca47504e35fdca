import { reshape } from "../../shaders/columns/reshape.ts";
import { scaleBy, scaleColumns } from "../../shaders/scale/scale.ts";
import { checkOp } from "./op_check.ts";

Deno.test("scaleColumns() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: 1, columns }],
      build: (program, [x, v]) => scaleColumns(program, x, v),
      twin: ([x, v]) => x.map((value, at) => value * v[at % columns]),
    });
  }
});

Deno.test("scaleBy() is right forward and backward, for a tensor that is read in other rows", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: 1, columns: 1 }],
      build: (program, [x, s]) => reshape(program, scaleBy(program, x, s), rows),
      twin: ([x, [s]]) => x.map((value) => s * value),
    });
  }
});
