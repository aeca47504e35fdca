import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { gatedSum } from "../../shaders/gate/gate.ts";
import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import { checkOp, countRows, firstRows } from "./op_check.ts";

type Numbers = ArrayLike<number>;
const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const map = (x: Numbers, f: (v: number, n: number) => number) => Float64Array.from(x, f);

function softmax(x: Numbers, columns: number): Float64Array {
  const powers = map(x, Math.exp);
  const sums = Float64Array.from(
    { length: x.length / columns },
    (_, row) => powers.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b),
  );
  return powers.map((power, n) => power / sums[Math.floor(n / columns)]);
}

/** Ops of two tensors of the same shape whose first rows count. */
const ops: Record<string, {
  build: (program: Program, a: Tensor, b: Tensor) => Tensor;
  twin: (a: Numbers, b: Numbers, columns: number) => Float64Array;
}> = {
  "unary()": {
    build: (program, a, b) => add(program, unary(program, "tanh", a), b, { beta: 0.5 }),
    twin: (a, b) => map(a, (v, n) => Math.tanh(v) + 0.5 * b[n]),
  },
  "gatedSum()": {
    build: (program, a, b) =>
      gatedSum(
        program,
        [{ x: a, logits: b }, { x: b, weights: a, logits: unary(program, "tanh", b) }],
        0.5,
        "gated",
      ),
    twin: (a, b) => map(a, (v, n) => (v * sigmoid(b[n]) + b[n] * v * sigmoid(Math.tanh(b[n]))) / 2),
  },
  "softmaxRows()": {
    build: (program, a, b) => add(program, softmaxRows(program, a), softmaxRows(program, b)),
    twin: (a, b, columns) => {
      const right = softmax(b, columns);
      return softmax(a, columns).map((v, n) => v + right[n]);
    },
  },
};

/** Rows, and how many of them count. */
const sizes = [[5, 0], [5, 1], [65, 64], [300, 123], [300, 300]];

for (const [name, { build, twin }] of Object.entries(ops)) {
  Deno.test(`${name} of counted rows leaves out the others, and clears their gradients`, async () => {
    for (const [rows, count] of sizes) {
      for (const columns of [4, 64]) {
        await checkOp({
          inputs: [{ rows, columns }, { rows, columns }],
          build: (program, inputs) => {
            const [a, b] = inputs.map((input) => countRows(program, input, count));
            return firstRows(program, build(program, a, b), count);
          },
          twin: ([a, b]) => twin(a, b, columns).map((value, n) => n < count * columns ? value : 0),
        });
      }
    }
  });
}
