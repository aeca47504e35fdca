import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { GpuError } from "../../errors.ts";
import { megabytes, Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { rowBlocks } from "../../gpu/row_blocks.ts";
import { testGpu } from "./test_gpu.ts";

const gpu = await testGpu();

/** The same device, as if it had other limits. */
const withLimits = (limits: Partial<typeof gpu.limits>) => ({
  ...gpu,
  limits: { ...gpu.limits, ...limits },
});

Deno.test("Memory.write() writes where it is told, and nothing where it must not", async () => {
  const memory = new Memory(gpu);
  const buffer = memory.reserve("buffer", 32, "test", new Uint32Array(8).fill(9));
  assertThrows(() => memory.write(buffer, new Uint32Array(1)), Error, "not allocated");
  await memory.allocate();
  memory.write(buffer, Uint32Array.of(1, 2), 4);
  memory.write(buffer, Uint32Array.of(3), 28);
  memory.write(buffer, new Uint32Array(0), 32);
  // A view: its own words, and not those around it.
  memory.write(buffer, Uint32Array.of(7, 5, 7).subarray(1, 2), 16);
  for (const [count, offset] of [[9, 0], [2, 28], [1, 32], [0, 36], [1, -4], [1, 3], [1, 5.5]]) {
    assertThrows(
      () => memory.write(buffer, new Float32Array(count), offset),
      RangeError,
      `Cannot write ${4 * count} bytes at ${offset} into "buffer" of 32 bytes`,
    );
  }
  const [bytes] = await readBuffers(memory, [{ allocation: buffer }]);
  assertEquals(Array.from(new Uint32Array(bytes)), [9, 1, 2, 9, 5, 9, 9, 3]);
  memory.destroy();
});

Deno.test("Memory.allocate() fills what was planned since the last time, and keeps the rest", async () => {
  const memory = new Memory(gpu);
  const early = memory.reserve("early", 16, "test", Float32Array.of(1, 2, 3, 4));
  await memory.allocate();
  memory.write(early, Float32Array.of(5));
  const late = memory.reserve("late", 16, "test", Float32Array.of(6));
  await memory.allocate();
  assertEquals(Array.from(await readFloats(memory, early)), [5, 2, 3, 4]);
  assertEquals(Array.from(await readFloats(memory, late)), [6, 0, 0, 0]);
  memory.destroy();
  assertEquals([memory.bytes, memory.plan()], [0, []]);
});

Deno.test("Memory rounds sizes up, and plans by owner", () => {
  const memory = new Memory(gpu);
  assertEquals(memory.reserve("small", 10, "test").bytes, 16);
  memory.reserve("other", 100, "elsewhere");
  assertEquals(memory.plan(), [
    { owner: "test", buffers: 1, bytes: 16 },
    { owner: "elsewhere", buffers: 1, bytes: 112 },
  ]);
  assertEquals(memory.bytes, 128);
});

Deno.test("Memory refuses a buffer by its label, its size and the limit", () => {
  const memory = new Memory(withLimits({ maxBufferSize: 3 * 2 ** 20 }));
  const error = assertThrows(() => memory.reserve("table", 3 * 2 ** 20 + 1, "test"), GpuError);
  assertStringIncludes(error.message, 'Cannot allocate "table": it needs 3.0 MiB');
  assertStringIncludes(error.message, "is 3.0 MiB");
  assertEquals(error.nextStep?.includes("smaller"), true);
  memory.reserve("table", 3 * 2 ** 20, "test");
  // What was refused is not part of the plan.
  assertEquals(memory.plan(), [{ owner: "test", buffers: 1, bytes: 3 * 2 ** 20 }]);
});

Deno.test("Memory says what it needed where the device is out of memory", async () => {
  // The device itself must fail: the limit is checked when a buffer is planned.
  const device = new Proxy(gpu.device, {
    get(target, name) {
      if (name === "popErrorScope") {
        return async () => await target.popErrorScope() ?? { message: "no room" };
      }
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const full = new Memory({ ...gpu, device });
  full.reserve("table", 2 ** 20, "test");
  const error = await assertRejects(() => full.allocate(), GpuError, "Cannot allocate 1.0 MiB");
  assertStringIncludes(error.message, "no room");
  assertEquals((error as GpuError).nextStep?.includes("dryRun"), true);
  full.destroy();
});

Deno.test("megabytes() rounds to a tenth", () => {
  assertEquals([0, 2 ** 20, 1.25 * 2 ** 20, 2 ** 31].map(megabytes), [
    "0.0 MiB",
    "1.0 MiB",
    "1.3 MiB",
    "2048.0 MiB",
  ]);
});

Deno.test("rowBlocks() covers a table in blocks that can be bound", () => {
  // Rows, columns, bytes that can be bound, blocks: 133 rows would fit a block of the first table.
  const cases = [[1000, 12, 6400, 8], [64, 100, 25_600, 1], [129, 4, 1024, 3]];
  for (const [rows, columns, limit, count] of cases) {
    const memory = new Memory(withLimits({ maxStorageBufferBindingSize: limit }));
    const program = new Program(memory, "blocks");
    const blocks = rowBlocks(program, program.tensor("table", rows, columns));
    let next = 0;
    for (const { first, rows, range } of blocks) {
      assertEquals(first, next);
      assertEquals(range.offset, first * columns * 4);
      assertEquals(range.offset % 256, 0);
      if (blocks.length > 1) assertEquals(range.bytes, rows * columns * 4);
      assertEquals(range.bytes <= limit, true);
      next += rows;
    }
    assertEquals(next, rows);
    assertEquals(blocks.length, count);
  }
});

Deno.test("rowBlocks() lets the widest of several tables decide", () => {
  const program = new Program(
    new Memory(withLimits({ maxStorageBufferBindingSize: 64 * 8 * 4 })),
    "blocks",
  );
  const narrow = program.tensor("narrow", 200, 2);
  const wide = program.tensor("wide", 200, 8);
  assertEquals(rowBlocks(program, narrow).map(({ rows }) => rows), [200]);
  assertEquals(rowBlocks(program, narrow, [wide]).map(({ rows }) => rows), [64, 64, 64, 8]);
  assertThrows(
    () => rowBlocks(program, program.tensor("broad", 200, 9)),
    GpuError,
    'Cannot bind "broad": 64 rows of 9 columns',
  );
});
