import { assert, assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import {
  add,
  fill,
  multiply,
  unary,
  type UnaryOperation,
} from "../../shaders/elementwise/elementwise.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp, GarbageMemory } from "./op_check.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const twins: Record<UnaryOperation, (x: number) => number> = {
  affine: (x) => 0.5 * x - 2,
  sigmoid,
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
  leaky_relu: (x) => x < 0 ? 0.5 * x : x,
  exp: Math.exp,
  square: (x) => x * x,
};
const shapes = [[1, 1], [3, 5], [63, 1], [16, 4], [65, 4], [257, 64]];

for (const [operation, twin] of Object.entries(twins)) {
  Deno.test(`unary() is right forward and backward for ${operation}`, async () => {
    for (const [rows, columns] of shapes) {
      await checkOp({
        inputs: [{ rows, columns }],
        build: (program, [x]) =>
          unary(program, operation as UnaryOperation, x, { alpha: 0.5, beta: -2 }),
        twin: ([x]) => x.map(twin),
      });
    }
  });
}

Deno.test("unary() keeps its digits for tiny, large and extreme numbers", async () => {
  const values = [0, -0, 1e-30, 1e-8, -1e-8, 1e-4, 0.1, -0.15, 1, -3, 20, -20, 80, -80, 1e4, -1e4];
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "accuracy");
  const x = program.tensor("x", 1, values.length, { data: Float32Array.from(values) });
  const results = (["sigmoid", "tanh"] as const).map((operation) =>
    [operation, unary(program, operation, x)] as const
  );
  await program.compile();
  memory.spoil();
  program.submit();
  for (const [operation, y] of results) {
    const found = await readFloats(memory, y.allocation, values.length);
    values.forEach((value, n) => {
      const expected = twins[operation](Math.fround(value));
      // Relative to each number, not to the largest.
      const error = Math.abs(found[n] - expected) / Math.max(Math.abs(expected), 1e-37);
      assert(error < 2e-6 || Math.abs(expected) < 1e-30, `${operation}(${value}) is ${found[n]}`);
    });
  }
  memory.destroy();
});

Deno.test("unary() hides no NaN", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "NaN");
  const x = program.tensor("x", 1, 4, { data: new Float32Array([1, NaN, -1, -NaN]) });
  const results = Object.keys(twins).map((operation) =>
    [operation, unary(program, operation as UnaryOperation, x)] as const
  );
  await program.compile();
  memory.spoil();
  program.submit();
  for (const [operation, y] of results) {
    const found = Array.from(await readFloats(memory, y.allocation, 4));
    assertEquals(found.map(Number.isNaN), [false, true, false, true], operation);
  }
  memory.destroy();
});

Deno.test("add() and multiply() are right forward and backward", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [a, b]) => add(program, a, b, { alpha: 2, beta: -3 }),
      twin: ([a, b]) => a.map((value, n) => 2 * value - 3 * b[n]),
    });
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [a, b]) => multiply(program, a, b, { alpha: 0.5 }),
      twin: ([a, b]) => a.map((value, n) => 0.5 * value * b[n]),
    });
    // One tensor on both sides takes both gradients.
    await checkOp({
      inputs: [{ rows, columns }],
      build: (program, [a]) => multiply(program, a, a),
      twin: ([a]) => a.map((value) => value * value),
    });
  }
});

Deno.test("add() leaves an input alone that takes no gradient", async () => {
  await checkOp({
    inputs: [{ rows: 5, columns: 4, differentiable: false }, { rows: 5, columns: 4 }],
    build: (program, [a, b]) => add(program, a, b),
    twin: ([a, b]) => a.map((value, n) => value + b[n]),
  });
});

Deno.test("fill() writes every number", async () => {
  for (const [rows, columns] of shapes) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "fill");
    const x = program.tensor("x", rows, columns);
    fill(program, x, 0.25);
    await program.compile();
    memory.spoil();
    program.submit();
    const found = await readFloats(memory, x.allocation, rows * columns);
    assertAll(found, 0.25);
    memory.destroy();
  }
});
