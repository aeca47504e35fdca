import { assert, equal } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { testGpu } from "../gpu/test_gpu.ts";

Deno.test("uniqueRows() finds each row once, with its places and its multiplicity", async () => {
  const lists = [
    ...[[5, 3, 5, none, 3, 5], [none], [7], Array.from({ length: 700 }, (_, n) => n % 9)],
    // A row as frequent as no loop may be long (webgpu.md, trap 1), alone and beside others.
    ...[
      Array(140_001).fill(4),
      Array.from({ length: 140_001 }, (_, n) => n % 3 ? 4 : n % 12 || none),
    ],
  ];
  for (const rows of lists) {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "unique");
    const found = uniqueRows(
      program,
      rowList(program, "list", rows.length, Uint32Array.from(rows)),
    );
    const { first, slots, multiplicity, counts } = found;
    await program.compile();
    program.submit();
    const [unique, places, back, pair] = await readBuffers(memory, [
      { allocation: found.rows.allocation, bytes: rows.length * 4 },
      { allocation: first.allocation, bytes: rows.length * 4 },
      { allocation: slots.allocation, bytes: rows.length * 4 },
      { allocation: counts, bytes: 8 },
    ]);
    const different = [...new Set(rows.filter((row) => row !== none))].sort((a, b) => a - b);
    const padding = Array(rows.length - different.length);
    const times = await readFloats(memory, multiplicity, rows.length);
    // Not assertEquals(), which would search for the difference of long lists.
    const assertList = (what: string, found: Iterable<number>, expected: number[]) =>
      assert(equal([...found], expected), `${what} of ${rows.length} places`);
    assertList("rows", new Uint32Array(unique), [...different, ...padding.fill(none)]);
    assertList(
      "slots",
      new Uint32Array(back),
      rows.map((row) => row === none ? none : different.indexOf(row)),
    );
    assertList("first places", new Uint32Array(places), [
      ...different.map((row) => rows.indexOf(row)),
      ...padding.fill(none),
    ]);
    assertList("multiplicities", times, [
      ...different.map((row) => rows.filter((other) => other === row).length),
      ...padding.fill(0),
    ]);
    assertList("counts", new Uint32Array(pair), [
      different.length,
      rows.filter((row) => row !== none).length,
    ]);
    memory.destroy();
  }
});
