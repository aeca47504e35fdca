import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";
import { assertEach } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp, GarbageMemory } from "./op_check.ts";

Deno.test("rowDot() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [63, 3], [64, 4], [65, 64], [130, 7]]) {
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [a, b]) => rowDot(program, a, b),
      twin: ([a, b]) =>
        Float64Array.from({ length: rows }, (_, row) => {
          let sum = 0;
          for (let c = 0; c < columns; c++) sum += a[row * columns + c] * b[row * columns + c];
          return sum;
        }),
    });
  }
});

Deno.test("rowDot() is right for more than 65,535 workgroups", async () => {
  // Every kernel that takes its index from thread_index() folds its groups as this one does.
  const rows = 65_536 * 64 + 3;
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "many workgroups");
  const data = Float32Array.from({ length: rows }, (_, n) => n % 1009);
  const [a, b] = ["a", "b"].map((label) =>
    program.tensor(label, rows, 1, { data, differentiable: false })
  );
  const y = rowDot(program, a, b);
  await program.compile();
  memory.spoil();
  program.submit();
  const found = await readFloats(memory, y.allocation, rows);
  const wanted = (n: number) => (n % 1009) ** 2;
  assertEach(found, (value, n) => value === wanted(n), (n) => `${wanted(n)}`);
  memory.destroy();
});
