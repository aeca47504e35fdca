import { assertEquals, assertThrows } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { sumDenseRows } from "../../shaders/dense_row_sum/dense_row_sum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, randomValues } from "./op_check.ts";
import { randomLists, uploadLists } from "./row_lists.ts";

async function found(lists: readonly number[][], table: Float32Array, columns: number) {
  const memory = new Memory(await testGpu());
  try {
    const program = new Program(memory, "sums");
    const rows = table.length / columns;
    const tensor = program.tensor("table", rows, columns, { data: table });
    const sums = program.tensor("sums", lists.length, columns, {
      data: new Float32Array(lists.length * columns).fill(NaN),
    });
    sumDenseRows(program, uploadLists(program, lists), tensor, sums);
    await program.compile();
    program.submit();
    return await readFloats(memory, sums.allocation, lists.length * columns);
  } finally {
    memory.destroy();
  }
}

/** In f64. */
function twin(lists: readonly number[][], table: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(lists.length * columns);
  lists.forEach((list, p) => {
    for (const row of list) {
      for (let c = 0; c < columns; c++) sums[p * columns + c] += table[row * columns + c];
    }
  });
  return sums;
}

Deno.test("sumDenseRows() agrees with f64, into sums filled with NaN", async () => {
  const next = uniforms(1);
  for (const [rows, columns] of [[1, 4], [63, 8], [200, 260]]) {
    const table = randomValues(rows * columns, rows);
    for (const count of [1, 64, 67]) {
      const lists = randomLists(count, rows, next);
      assertClose(
        await found(lists, table, columns),
        twin(lists, table, columns),
        1e-6,
        `${rows}×${columns}, ${count} lists`,
      );
    }
  }
});

Deno.test("sumDenseRows() goes on where a launch may not take all of a list", async () => {
  const rows = 70_000;
  const table = Float32Array.from({ length: 4 * rows }, (_, n) => n % 5 - 2);
  const lists = [Array.from({ length: rows }, (_, row) => row), [3, 69_999], []];
  assertEquals(await found(lists, table, 4), Float32Array.from(twin(lists, table, 4)));
});

Deno.test("sumDenseRows() adds up a table that comes in parts", async () => {
  const [rows, columns] = [200, 8];
  const table = randomValues(rows * columns, 9);
  const lists = randomLists(70, rows, uniforms(2));
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "sums");
  const sums = program.tensor("sums", lists.length, columns, {
    data: new Float32Array(lists.length * columns).fill(NaN),
  });
  const uploaded = uploadLists(program, lists);
  for (const [first, end] of [[0, 64], [64, 65], [65, rows]]) {
    const data = table.slice(first * columns, end * columns);
    const part = program.tensor("part", end - first, columns, { data });
    const accumulate = first > 0;
    sumDenseRows(program, uploaded, part, sums, { firstRow: first, of: rows, accumulate });
  }
  await program.compile();
  program.submit();
  const parted = await readFloats(memory, sums.allocation, lists.length * columns);
  memory.destroy();
  assertClose(parted, twin(lists, table, columns), 1e-6, "sums");
});

Deno.test("sumDenseRows() refuses sums of another shape", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "sums");
  const lists = uploadLists(program, [[0], [1]]);
  const table = program.tensor("table", 3, 8);
  for (const [rows, columns] of [[1, 8], [2, 4]]) {
    const sums = program.tensor("small", rows, columns);
    assertThrows(() => sumDenseRows(program, lists, table, sums), Error, '"small" is');
  }
});
