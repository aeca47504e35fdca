import { assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { dropout } from "../../shaders/dropout/dropout.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp, GarbageMemory } from "./op_check.ts";

Deno.test("dropout() follows its random numbers, forward and backward", async () => {
  const state = { seed: 3, step: 7, epochStep: 0, epochRows: 1, batchSize: 1 };
  await checkOp({
    inputs: [{ rows: 33, columns: 5 }],
    build: (program, [x]) => dropout(program, x, 0.3, stepState(program, state), 2),
    twin: ([x]) =>
      x.map((value, n) => {
        const word = randomBits(3, streams.dropout + 2, 7, n >> 2)[n % 4];
        return uniformOf(word) >= Math.fround(0.3) ? value / 0.7 : 0;
      }),
  });
  const program = new Program(new GarbageMemory(await testGpu()), "none");
  const x = program.tensor("x", 1, 4);
  assertEquals(dropout(program, x, 0, x.allocation, 0), x);
});
