import { assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { advanceStep, stateWords, stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { assertClose, GarbageMemory } from "./op_check.ts";

Deno.test("stateWords() gives the rows of full, short and missing batches", () => {
  const batchRows = (epochStep: number, epochRows: number, batchSize: number) =>
    stateWords({ seed: 1, step: 2, epochStep, epochRows, batchSize })[3];
  assertEquals([0, 1, 2, 3].map((epochStep) => batchRows(epochStep, 10, 4)), [4, 4, 2, 0]);
  assertEquals([0, 1, 2].map((epochStep) => batchRows(epochStep, 8, 4)), [4, 4, 0]);
  assertEquals([batchRows(0, 0, 4), batchRows(0, 3, 4), batchRows(0, 1, 1)], [0, 3, 1]);
  assertEquals(
    stateWords({ seed: 0xffffffff, step: 5, epochStep: 1, epochRows: 7, batchSize: 3 }),
    Uint32Array.of(0xffffffff, 5, 1, 3, 7, 3),
  );
});

Deno.test("advanceStep() walks through epochs as stateWords() says, whatever their length", async () => {
  for (const [epochRows, batchSize] of [[1, 1], [8, 4], [9, 4], [3, 5]]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "steps");
    const sizes = { seed: 3, epochRows, batchSize };
    const state = stepState(program, { ...sizes, step: 40, epochStep: 0 });
    const losses = new LossTerms(program, state);
    const x = program.tensor("x", 1, 1, { data: Float32Array.of(6) });
    losses.add("per row", x, { count: 1, perBatchRow: true });
    losses.add("squares", x, { count: 1, square: true, scale: 0.5 });
    const steps = Math.ceil(epochRows / batchSize);
    const record = program.buffer("record", steps * 2 * 4);
    advanceStep(program, losses, record);
    await program.compile();
    memory.spoil();
    for (let step = 0; step < steps; step++) {
      program.submit();
      const [bytes] = await readBuffers(memory, [{ allocation: state, bytes: 24 }]);
      assertEquals(
        new Uint32Array(bytes),
        stateWords({ ...sizes, step: 41 + step, epochStep: step + 1 }),
      );
    }
    const rows = Array.from(
      { length: steps },
      (_, step) => Math.min(batchSize, epochRows - step * batchSize),
    );
    assertClose(
      await readFloats(memory, record, 2 * steps),
      rows.flatMap((count) => [6 / count, 18]),
      1e-6,
      "record",
    );
    memory.destroy();
  }
});

Deno.test("advanceStep() keeps the terms of each step, and shortens the last batch", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "steps");
  const rows = { epochRows: 10, batchSize: 4 };
  const state = stepState(program, { seed: 9, step: 5, epochStep: 0, ...rows });
  const losses = new LossTerms(program, state);
  const x = program.tensor("x", 4, 1, { data: new Float32Array([1, 2, 3, 4]) });
  losses.add("sum", x, { count: 4 });
  losses.add("mean", x, { count: 4, perBatchRow: true });
  const record = program.buffer("record", 3 * 2 * 4);
  advanceStep(program, losses, record);
  await program.compile();
  for (let step = 0; step < 3; step++) program.submit();
  assertEquals(Array.from(await readFloats(memory, record, 6)), [10, 2.5, 10, 2.5, 10, 5]);
  const [bytes] = await readBuffers(memory, [{ allocation: state, bytes: 24 }]);
  assertEquals(
    new Uint32Array(bytes),
    stateWords({ seed: 9, step: 8, epochStep: 3, ...rows }),
  );
  memory.destroy();
});
