import { assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { orderOf } from "../../shaders/gather/order.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory } from "./op_check.ts";

/** The places of a list, ordered by the row that stands there and then by place; `none` is greatest. */
const stableOrder = (rows: readonly number[]) =>
  rows.map((_, place) => place).sort((a, b) => rows[a] - rows[b] || a - b);

const gpu = await testGpu();

for (const software of [true, false]) {
  const where = software ? "software" : "hardware";
  Deno.test(`orderOf() is a stable sort of any list, \`none\` last, on ${where}`, () =>
    sortAll({ ...gpu, software }));
}

async function sortAll(device: Gpu): Promise<void> {
  const next = uniforms(2);
  const random = (length: number, rows: number) =>
    Array.from({ length }, () => next() < 0.2 ? none : Math.floor(rows * next()));
  const lists = [
    // Lengths around a vector of four, a workgroup, and runs that are sorted by themselves.
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 255, 256, 257, 512, 1023, 2049].map((length) =>
      random(length, Math.ceil(length / 2))
    ),
    // One row alone, none alone, falling, and rows next to `none`.
    Array(131).fill(5),
    Array(7).fill(none),
    Array.from({ length: 67 }, (_, n) => 66 - n),
    // More runs than are merged at once: pairs are, the last of them without a partner or a short one.
    ...[2304, 4097, 8193, 20_000, 70_001].map((length) => random(length, 300)),
    Array(9000).fill(5),
    Array.from({ length: 9001 }, (_, n) => 9000 - n),
    [none, none - 1, 0, none - 1, none, 0x80000000, 0x7fffffff],
  ];
  for (const rows of lists) {
    const memory = new GarbageMemory(device);
    const program = new Program(memory, "order");
    const list = rowList(program, "rows", rows.length, Uint32Array.from(rows));
    const order = orderOf(program, list);
    // Asked again, it is not sorted again.
    const { launches } = program;
    assertEquals([orderOf(program, list), program.launches], [order, launches]);
    await program.compile();
    memory.spoil();
    // What stands behind the list is as small as a row can be.
    const rest = list.allocation.bytes / 4 - rows.length;
    memory.write(list.allocation, new Uint32Array(rest), 4 * rows.length);
    program.submit();
    const [bytes] = await readBuffers(memory, [{ allocation: order, bytes: 4 * rows.length }]);
    assertEquals(Array.from(new Uint32Array(bytes)), stableOrder(rows), `${rows.length} rows`);
    memory.destroy();
  }
}
