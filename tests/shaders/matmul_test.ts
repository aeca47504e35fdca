import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { launchProduct, matmul } from "../../shaders/matmul/matmul.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product } from "../reference/dense.ts";
import { assertClose, checkOp, randomValues } from "./op_check.ts";

const shapes: [number, number, number][] = [
  [1, 1, 1],
  [3, 5, 7],
  [8, 8, 4],
  [9, 12, 8],
  [63, 64, 20],
  [64, 68, 1200],
  [65, 4, 3],
];

for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    const form = `${transposeA ? "Aᵀ" : "A"}${transposeB ? "Bᵀ" : "B"}`;
    Deno.test(`matmul() is right forward and backward for ${form}`, async () => {
      for (const [m, n, k] of shapes) {
        await checkOp({
          inputs: [
            transposeA ? { rows: k, columns: m } : { rows: m, columns: k },
            transposeB ? { rows: n, columns: k } : { rows: k, columns: n },
          ],
          build: (program, [a, b]) => matmul(program, a, b, { transposeA, transposeB }),
          twin: ([a, b]) => product(a, b, m, n, k, transposeA, transposeB),
        });
      }
    });
  }
}

Deno.test("launchProduct() multiplies blocks of columns, and leaves the rest of C", async () => {
  for (const [m, n, k, column] of [[9, 8, 12, 4], [5, 3, 7, 2], [70, 64, 64, 64]]) {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "blocks");
    const width = column + Math.max(n, k) + 4;
    const table = (seed: number, rows: number) =>
      program.tensor("table", rows, width, { data: randomValues(rows * width, seed) });
    const [a, b, c] = [table(1, m), table(2, k), table(3, m + 2)];
    const before = randomValues((m + 2) * width, 3);
    const strides = { aStride: width, bStride: width, cStride: width };
    const columns = { aColumn: column, bColumn: column, cColumn: column };
    launchProduct(program, { a, b, c, m, n, k, cRow: 1, ...strides, ...columns });
    await program.compile();
    program.submit();
    const block = (values: Float32Array, rows: number, size: number) =>
      Float64Array.from(
        { length: rows * size },
        (_, at) => values[Math.floor(at / size) * width + column + at % size],
      );
    const [left, right] = [randomValues(m * width, 1), randomValues(k * width, 2)];
    const expected = product(block(left, m, k), block(right, k, n), m, n, k, false, false);
    const found = await readFloats(memory, c.allocation, (m + 2) * width);
    const wanted = Array.from(before);
    expected.forEach((value, at) =>
      wanted[(1 + Math.floor(at / n)) * width + column + at % n] = value
    );
    assertClose(found, wanted, 2e-6, "block");
    memory.destroy();
  }
});

Deno.test("launchProduct() stops where a limit on the device says", async () => {
  for (const [m, n, k] of [[24, 16, 8], [24, 15, 8]]) {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "limit");
    const a = program.tensor("a", m, k, { data: randomValues(m * k, 1) });
    const b = program.tensor("b", k, n, { data: randomValues(k * n, 2) });
    const c = program.tensor("c", m, n, { data: new Float32Array(m * n).fill(7) });
    const count = program.buffer("count", 4, new Uint32Array([3]));
    launchProduct(program, {
      a,
      b,
      c,
      m,
      n,
      k,
      limit: { count, factor: 4, mFirst: -4, nFirst: 0 },
    });
    await program.compile();
    program.submit();
    const left = Float64Array.from(randomValues(m * k, 1));
    const whole = product(left, Float64Array.from(randomValues(k * n, 2)), m, n, k, false, false);
    const found = await readFloats(memory, c.allocation, m * n);
    whole.forEach((value, at) => {
      if (Math.floor(at / n) < 16 && at % n < 12) assertAlmostEquals(found[at], value, 1e-5);
      if (Math.floor(at / n) >= 16) assertEquals(found[at], 7);
    });
    memory.destroy();
  }
});
