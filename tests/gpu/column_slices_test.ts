import { assertEquals, assertThrows } from "@std/assert";
import { GpuError } from "../../errors.ts";
import {
  columnSlices,
  inSlices,
  joinSlices,
  placesInSlices,
  sliceWidth,
  tableBytes,
} from "../../gpu/column_slices.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { streamRows } from "../../gpu/readback.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

function binding(bytes: number) {
  return { name: "a device", limits: { ...gpu.limits, maxStorageBufferBindingSize: bytes } };
}

Deno.test("sliceWidth() takes whole lines of 16 columns where it can, about as many in each slice", () => {
  const width = (limit: number, rows: number, columns: number) =>
    sliceWidth(binding(limit), "nodes", rows, columns);
  assertEquals(width(100 * 64 * 4, 100, 64), undefined);
  assertEquals(width(100 * 64 * 4 - 1, 100, 64), 32);
  assertEquals(width(100 * 20 * 4, 100, 64), 16);
  assertEquals(width(100 * 12 * 4, 100, 64), 12);
  assertEquals(width(100 * 4 * 4, 100, 64), 4);
  // A million users and 100,000 items on the software driver.
  assertEquals(width(2 ** 27, 1_100_000, 64), 16);
  assertThrows(() => width(100 * 4 * 4 - 1, 100, 64), GpuError, "four columns of 100 rows");
});

Deno.test("tables in slices are read and written as if they were whole, wherever they are cut", async () => {
  const values = Float32Array.from({ length: 7 * 40 }, (_, n) => n + 0.5);
  const words = new Uint32Array(values.buffer);
  for (const sliceColumns of [undefined, 16, 12, 4]) {
    const memory = new Memory(gpu);
    const program = new Program(memory, "slices");
    const table = program.tensor("table", 7, 40, { data: values, sliceColumns });
    const stored = inSlices(table, values);
    assertEquals(stored.length * 4, tableBytes(table));
    for (const { first, columns, range } of columnSlices(table)) {
      assertEquals(range.offset % 256, 0);
      assertEquals(stored[range.offset / 4 + columns], values[40 + first]);
    }
    const parts = columnSlices(table).map(({ range: { offset }, columns }) =>
      new Uint32Array(stored.buffer, offset, 7 * columns)
    );
    assertEquals(joinSlices(table, parts), words);

    await memory.allocate();
    memory.write(table.allocation, new Float32Array(table.allocation.bytes / 4));
    for (const [first, end] of [[0, 3], [3, 57], [57, 80], [80, 280]]) {
      for (const place of placesInSlices(table, words.subarray(first, end), first)) {
        memory.write(table.allocation, place.words, place.offset);
      }
    }
    for (const [first, rows] of [[0, 7], [2, 3], [6, 1]]) {
      const read: number[] = [];
      for await (const { buffer, byteOffset, length } of streamRows(memory, table, first, rows)) {
        read.push(...new Float32Array(buffer, byteOffset, length / 4));
      }
      assertEquals(read, Array.from(values.subarray(first * 40, (first + rows) * 40)));
    }
    memory.destroy();
  }
});
