import { assertEquals, assertRejects } from "@std/assert";
import { InterruptedError } from "../../errors.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { submitInParts } from "../../gpu/submit_in_parts.ts";
import { testGpu } from "./test_gpu.ts";
import { double } from "./test_kernels.ts";

Deno.test("submitInParts() runs a part of a program in its order, and nothing where it is aborted", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "doubling");
  const tables = Array.from(
    { length: 12 },
    (_, n) =>
      program.tensor(`table ${n}`, 1, 4, n === 0 ? { data: Float32Array.of(1, 2, 3, 4) } : {}),
  );
  for (let n = 1; n < tables.length; n++) {
    const buffers = { x: tables[n - 1], y: tables[n] };
    program.launch(double, { buffers, overwrites: ["y"], threads: 4 });
  }
  await program.compile();
  const last = async (n: number) => [...await readFloats(memory, tables[n].allocation, 4)];
  const range = { first: 0, end: 9 };
  await assertRejects(() => submitInParts(program, range, AbortSignal.abort()), InterruptedError);
  assertEquals(await last(1), [0, 0, 0, 0]);
  await submitInParts(program, range);
  assertEquals(await last(9), [512, 1024, 1536, 2048]);
  assertEquals(await last(10), [0, 0, 0, 0]);
  memory.destroy();
});
