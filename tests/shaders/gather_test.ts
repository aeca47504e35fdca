import { assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { gather, gatherStack } from "../../shaders/gather/gather.ts";
import { joinLists, none, rowList, sliceList } from "../../shaders/gather/row_lists.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp } from "./op_check.ts";

function gathered(table: Float64Array, list: readonly number[], columns: number, first = 0) {
  return Float64Array.from({ length: list.length * columns }, (_, n) => {
    const row = list[Math.floor(n / columns)];
    return row === none ? 0 : table[(first + row) * columns + n % columns];
  });
}

Deno.test("gather() is right forward and backward, with duplicates and missing rows", async () => {
  const next = uniforms(3);
  for (const length of [1, 2, 3, 5, 63, 64, 65, 130, 2049]) {
    for (const columns of [1, 3, 4, 64]) {
      const rows = 1 + Math.floor(length / 3);
      const list = Array.from(
        { length },
        () => next() < 0.1 ? none : Math.floor(rows * next() ** 2),
      );
      await checkOp({
        inputs: [{ rows: rows + 2, columns }],
        build: (program, [table]) =>
          gather(program, table, rowList(program, "rows", length, Uint32Array.from(list)), 2),
        twin: ([table]) => gathered(table, list, columns, 2),
      });
    }
  }
});

// Longer than a loop of the software driver may be (webgpu.md, trap 1): one row alone, and beside others.
Deno.test("gather() adds the gradient of a row that a long list has everywhere", async () => {
  const length = 70_001;
  for (const list of [Array(length).fill(1), Array.from({ length }, (_, n) => n % 9 ? 1 : 2)]) {
    await checkOp({
      inputs: [{ rows: 3, columns: 2 }],
      build: (program, [table]) =>
        gather(program, table, rowList(program, "rows", length, Uint32Array.from(list))),
      twin: ([table]) => gathered(table, list, 2),
    });
  }
});

Deno.test("gather() of rows that differ is right forward and backward, and adds to a gradient", async () => {
  for (const columns of [3, 64]) {
    const lists = [[6, none, 0, 2], [2, 5, 1, none, 0]];
    await checkOp({
      inputs: [{ rows: 7, columns }],
      build: (program, [table]) => {
        const parts = lists.map((list, n) => ({
          table,
          list: {
            ...rowList(program, `rows ${n}`, list.length, Uint32Array.from(list)),
            distinct: true,
          },
        }));
        return gatherStack(program, parts, "rows");
      },
      twin: ([table]) =>
        Float64Array.from(lists.flatMap((list) => [...gathered(table, list, columns)])),
    });
  }
});

Deno.test("gather() twice of one table adds both gradients", async () => {
  const lists = [[0, 1, 1, 3], [3, none, 0, 0]];
  await checkOp({
    inputs: [{ rows: 4, columns: 8 }],
    build: (program, [table]) => {
      const [a, b] = lists.map((list, n) =>
        gather(program, table, rowList(program, `rows ${n}`, 4, Uint32Array.from(list)))
      );
      return add(program, a, b, { alpha: 2, beta: -1 });
    },
    twin: ([table]) => {
      const [a, b] = lists.map((list) => gathered(table, list, 8));
      return a.map((value, n) => 2 * value - b[n]);
    },
  });
});

Deno.test("gatherStack() is right forward and backward, from any first row", async () => {
  const lists = [[1, 1, 0], [2, none, 4, 1]];
  for (const columns of [3, 8]) {
    await checkOp({
      inputs: [{ rows: 3, columns }, { rows: 6, columns }],
      build: (program, [a, b]) =>
        gatherStack(program, [
          { table: a, list: rowList(program, "a", 3, Uint32Array.from(lists[0])) },
          { table: b, list: rowList(program, "b", 4, Uint32Array.from(lists[1])), firstRow: 1 },
        ], "stack"),
      twin: ([a, b]) => {
        const row = (table: Float64Array, index: number) =>
          Array.from(table.subarray(index * columns, (index + 1) * columns));
        return Float64Array.from([
          ...lists[0].flatMap((index) => row(a, index)),
          ...lists[1].flatMap((index) =>
            index === none ? Array(columns).fill(0) : row(b, index + 1)
          ),
        ]);
      },
    });
  }
});

Deno.test("joinLists() and sliceList() copy lists", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "lists");
  const lists = [[4, none, 2], [7], [1, 0]].map((rows, n) =>
    rowList(program, `list ${n}`, rows.length, Uint32Array.from(rows))
  );
  const joined = joinLists(program, lists, "joined");
  const slice = sliceList(program, joined, 1, 4);
  await program.compile();
  program.submit();
  const read = await readBuffers(
    memory,
    [joined, slice].map(({ allocation, length }) => ({ allocation, bytes: 4 * length })),
  );
  assertEquals(read.map((bytes) => Array.from(new Uint32Array(bytes))), [
    [4, none, 2, 7, 1, 0],
    [none, 2, 7, 1],
  ]);
  memory.destroy();
});
