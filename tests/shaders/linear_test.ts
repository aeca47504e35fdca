import { assertAlmostEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import type { Activation } from "../../shaders/elementwise/activation.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product } from "../reference/dense.ts";
import { checkOp, countRows, firstRows, GarbageMemory, randomValues } from "./op_check.ts";

Deno.test("linear() is right forward and backward, with bias", async () => {
  for (const [rows, columns, out] of [[1, 1, 1], [2, 3, 5], [300, 8, 4], [1100, 12, 64]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows: out, columns }, { rows: 1, columns: out }],
      build: (program, [x, weight, bias]) => linear(program, x, weight, bias),
      twin: ([x, weight, bias]) =>
        product(x, weight, rows, out, columns, false, true).map((v, n) => v + bias[n % out]),
    });
  }
});

Deno.test("linear() is right for more than 65,535 workgroups", async () => {
  const rows = 2 ** 21 + 5;
  await checkOp({
    inputs: [{ rows, columns: 2 }, { rows: 2, columns: 2 }, { rows: 1, columns: 2 }],
    build: (program, [x, weight, bias]) => linear(program, x, weight, bias),
    twin: ([x, weight, bias]) =>
      product(x, weight, rows, 2, 2, false, true).map((v, n) => v + bias[n % 2]),
    gradientGroups: 2,
    gradientError: 2e-4,
    checkAccumulation: false,
  });
});

const activations: Record<Activation, (v: number) => number> = {
  sigmoid: (v) => 1 / (1 + Math.exp(-v)),
  tanh: Math.tanh,
  relu: (v) => Math.max(v, 0),
  leaky_relu: (v) => v < 0 ? 0.01 * v : v,
};

for (const [activation, f] of Object.entries(activations)) {
  Deno.test(`linear() followed by ${activation} is right forward and backward`, async () => {
    // Odd widths, tiles, and long sums that are cut and combined.
    for (const [rows, columns, out] of [[9, 5, 3], [300, 8, 4], [70, 16, 64], [3, 1200, 4]]) {
      await checkOp({
        inputs: [{ rows, columns }, { rows: out, columns }, { rows: 1, columns: out }],
        build: (program, [x, weight, bias]) =>
          linear(program, x, weight, bias, { activation: activation as Activation }),
        twin: ([x, weight, bias]) =>
          product(x, weight, rows, out, columns, false, true).map((v, n) => f(v + bias[n % out])),
        forwardError: 5e-6,
        gradientError: 1e-4,
        // Short enough for the sums to stay on their side of the bend.
        step: 1e-6,
      });
    }
  });
}

Deno.test("linear() of counted rows is right forward and backward, and clears other gradients", async () => {
  // Around a tile, and long sums that are cut.
  for (const [rows, count] of [[64, 0], [64, 1], [64, 7], [64, 9], [64, 64], [2000, 690]]) {
    for (const [columns, out] of [[8, 64], [5, 3]]) {
      const used = Float32Array.from(
        { length: rows * columns },
        (_, n) => n < count * columns ? Math.sin(n + 1) : 0,
      );
      await checkOp({
        inputs: [{ rows, columns, values: used }, { rows: out, columns }, {
          rows: 1,
          columns: out,
        }],
        build: (program, [x, weight, bias]) =>
          firstRows(program, linear(program, countRows(program, x, count), weight, bias), count),
        twin: ([x, weight, bias]) =>
          Float64Array.from({ length: rows * out }, (_, n) => {
            const [row, column] = [Math.floor(n / out), n % out];
            if (row >= count) return 0;
            let sum = bias[column];
            for (let k = 0; k < columns; k++) {
              sum += x[row * columns + k] * weight[column * columns + k];
            }
            return sum;
          }),
        gradientError: 2e-4,
      });
    }
  }
});

Deno.test("linear() in row blocks equals linear() in one", async () => {
  const gpu = await testGpu();
  const [rows, columns, out] = [200, 48, 8];
  const results: Float32Array[][] = [];
  for (const limit of [gpu.limits.maxStorageBufferBindingSize, 64 * columns * 4]) {
    const limits = { ...gpu.limits, maxStorageBufferBindingSize: limit };
    const memory = new GarbageMemory({ ...gpu, limits });
    const program = new Program(memory, "blocks");
    const x = program.tensor("x", rows, columns, { data: randomValues(rows * columns, 1) });
    const w = program.tensor("w", out, columns, { data: randomValues(out * columns, 2) });
    const bias = program.tensor("bias", 1, out, { data: randomValues(out, 3) });
    const y = linear(program, x, w, bias);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    memory.write(upstream.allocation, randomValues(rows * out, 4));
    program.submit();
    results.push(
      await Promise.all(
        [y, program.gradient(x)!, program.gradient(w)!].map(({ allocation, rows, columns }) =>
          readFloats(memory, allocation, rows * columns)
        ),
      ),
    );
    memory.destroy();
  }
  results[0].forEach((whole, n) =>
    whole.forEach((value, at) => assertAlmostEquals(results[1][n][at], value, 1e-5))
  );
});
