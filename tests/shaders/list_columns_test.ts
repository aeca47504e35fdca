import { assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { placeLists } from "../../shaders/list_columns/list_columns.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory, randomValues } from "./op_check.ts";
import { randomLists, uploadLists } from "./row_lists.ts";

Deno.test("placeLists() puts lists in columns, with weights or ones, and zeros elsewhere", async () => {
  const next = uniforms(1);
  for (const [rows, count, first, columns] of [[1, 1, 0, 4], [70, 9, 4, 8], [300, 65, 0, 64]]) {
    const lists = randomLists(count, rows, next);
    const weight = randomValues(rows, 2);
    for (const isWeighted of [true, false]) {
      const memory = new GarbageMemory(await testGpu());
      const program = new Program(memory, "columns");
      const x = program.tensor("x", rows, columns);
      const weights = memory.reserve("weights", weight.byteLength, "test", weight);
      placeLists(program, uploadLists(program, lists), first, x, isWeighted ? weights : undefined);
      await program.compile();
      memory.spoil();
      program.submit();
      const expected = new Float32Array(rows * columns);
      lists.slice(first, first + columns).forEach((list, column) => {
        for (const row of list) expected[row * columns + column] = isWeighted ? weight[row] : 1;
      });
      assertEquals(await readFloats(memory, x.allocation, rows * columns), expected);
      memory.destroy();
    }
  }
});
