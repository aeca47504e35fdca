import { gate, gatedSum } from "../../shaders/gate/gate.ts";
import { checkOp } from "./op_check.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const shapes = [[1, 1], [63, 3], [64, 4], [65, 64], [130, 20]];

Deno.test("gate() is right forward and backward", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [x, logits]) => gate(program, x, logits),
      twin: ([x, logits]) => x.map((value, n) => value * sigmoid(logits[n])),
    });
  }
});

Deno.test("gatedSum() is right forward and backward, with weights and without", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: Array(5).fill({ rows, columns }),
      // One x stands in two gates.
      build: (program, [x, z, weights, a, b]) =>
        gatedSum(
          program,
          [{ x, weights, logits: a }, { x: z, logits: b }, { x, logits: b }],
          0.3,
          "sum",
        ),
      twin: ([x, z, weights, a, b]) =>
        x.map((value, n) =>
          0.3 * (value * weights[n] * sigmoid(a[n]) + (z[n] + value) * sigmoid(b[n]))
        ),
    });
  }
});
