import { assertEquals, assertThrows } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { sumSparseRows, uploadRows } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomSparse } from "../reference/sparse.ts";

/** The plain loops, in f32 as the device adds. */
function sums(lists: readonly number[][], matrix: Csr, stride: number): Float32Array {
  const all = new Float32Array(lists.length * stride);
  lists.forEach((list, p) => {
    for (const row of list) {
      for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
        all[p * stride + matrix.column[n]] += matrix.value[n];
      }
    }
  });
  return all;
}

async function found(lists: readonly number[][], matrix: Csr, stride: number) {
  const memory = new Memory(await testGpu());
  try {
    const program = new Program(memory, "sums");
    const start = new Uint32Array(lists.length + 1);
    lists.forEach((list, p) => start[p + 1] = start[p] + list.length);
    const rows = Uint32Array.from(lists.flat());
    const target = program.tensor("sums", lists.length, stride, {
      data: new Float32Array(lists.length * stride).fill(NaN),
    });
    const listed = {
      count: lists.length,
      start: program.buffer("starts", start.byteLength, start),
      rows: program.buffer("rows", rows.byteLength, rows),
    };
    sumSparseRows(program, listed, uploadRows(memory, "matrix", matrix), target);
    await program.compile();
    program.submit();
    return await readFloats(memory, target.allocation, lists.length * stride);
  } finally {
    memory.destroy();
  }
}

Deno.test("sumSparseRows() gives the bytes of plain loops, into outputs filled with NaN", async () => {
  const next = uniforms(5);
  for (const [rows, columns] of [[1, 1], [64, 65], [63, 64], [200, 300]]) {
    const matrix = randomSparse(rows, columns, 0.2, rows, true);
    for (const count of [1, 63, 65]) {
      const lists = Array.from(
        { length: count },
        (_, p) => Array.from({ length: rows }, (_, row) => row).filter(() => next() < p % 3 / 2),
      );
      const stride = Math.ceil(columns / 4) * 4;
      assertEquals(
        await found(lists, matrix, stride),
        sums(lists, matrix, stride),
        `${rows}×${columns}, ${count} lists`,
      );
    }
  }
});

Deno.test("sumSparseRows() goes on where a launch may not take all of a list", async () => {
  // Rows of 4,096 entries take 64 turns each: a launch takes 512 of the 1,100 rows.
  const [rows, columns] = [1100, 4096];
  const matrix: Csr = {
    rows,
    columns,
    rowStart: Uint32Array.from({ length: rows + 1 }, (_, n) => n * columns),
    column: Uint32Array.from({ length: rows * columns }, (_, n) => n % columns),
    value: Float32Array.from({ length: rows * columns }, (_, n) => n % 7 - 3),
  };
  const lists = [Array.from({ length: rows }, (_, row) => row), [3, 700]];
  assertEquals(await found(lists, matrix, columns), sums(lists, matrix, columns));
});

Deno.test("sumSparseRows() refuses sums that are too small", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "sums");
  const lists = { count: 2, start: program.buffer("starts", 12), rows: program.buffer("rows", 4) };
  const matrix = uploadRows(memory, "matrix", randomSparse(3, 8, 0.5, 1, false));
  const small = [program.tensor("few rows", 1, 8), program.tensor("few columns", 2, 4)];
  for (const target of small) {
    assertThrows(() => sumSparseRows(program, lists, matrix, target), Error, "expected at least");
  }
});
