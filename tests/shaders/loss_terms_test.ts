import { assertEquals, assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory } from "./op_check.ts";

Deno.test("LossTerms keeps the order of its terms, and has room for sixteen", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "terms");
  const rows = { epochStep: 0, epochRows: 1, batchSize: 1 };
  const losses = new LossTerms(program, stepState(program, { seed: 0, step: 0, ...rows }));
  const x = program.tensor("x", 1, 2, { data: Float32Array.of(3, 4) });
  for (let n = 0; n < 16; n++) {
    const slot = losses.add(`term ${n}`, x, {
      count: 2,
      square: true,
      squareRoot: true,
      scale: n,
    });
    assertEquals([slot, losses.names.at(-1)], [n, `term ${n}`]);
  }
  assertThrows(() => losses.add("one more", x, { count: 2 }), Error, "at most 16 terms");
  assertEquals(losses.names.length, 16);
  await program.compile();
  memory.spoil();
  program.submit();
  assertClose(
    await readFloats(memory, losses.allocation, 16),
    Array.from({ length: 16 }, (_, n) => 5 * n),
    1e-6,
    "terms",
  );
  memory.destroy();
});
