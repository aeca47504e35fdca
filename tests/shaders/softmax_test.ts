import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import { checkOp, randomValues } from "./op_check.ts";

const shapes = [[1, 1], [63, 3], [64, 4], [65, 64], [130, 20]];

Deno.test("softmaxRows() is right forward and backward, for large numbers as well", async () => {
  for (const [rows, columns] of shapes) {
    for (const scale of [1, 300]) {
      await checkOp({
        inputs: [{
          rows,
          columns,
          values: randomValues(rows * columns, 1).map((value) => scale * value),
        }],
        build: (program, [x]) => softmaxRows(program, x),
        twin: ([x]) => softmax(x, rows, columns),
        // exp() of the device is good to a few units of the last place of its argument.
        forwardError: scale * 1e-6 + 2e-6,
        gradientError: scale * 2e-5,
      });
    }
  }
});

function softmax(x: Float64Array, rows: number, columns: number): Float64Array {
  const y = new Float64Array(x.length);
  for (let row = 0; row < rows; row++) {
    const values = x.subarray(row * columns, (row + 1) * columns);
    const greatest = Math.max(...values);
    const powers = values.map((value) => Math.exp(value - greatest));
    const sum = powers.reduce((total, power) => total + power, 0);
    y.set(powers.map((power) => power / sum), row * columns);
  }
  return y;
}
