import { assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { sumLoss } from "../../shaders/sum_loss/sum_loss.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss } from "./loss_check.ts";
import { GarbageMemory } from "./op_check.ts";

Deno.test("sumLoss() is the weighted sum of all numbers, and adds a term each time", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkLoss({
      inputs: [{ rows, columns }],
      build(losses, [x]) {
        sumLoss(losses, x, 0.5, "sum");
        sumLoss(losses, x, -0.2, "sum again");
      },
      twin: ([x]) => 0.3 * x.reduce((sum, value) => sum + value, 0),
      lossError: 1e-5,
    });
  }
});

Deno.test("sumLoss() of weight 0 adds no term", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "none");
  const rows = { epochStep: 0, epochRows: 1, batchSize: 1 };
  const losses = new LossTerms(program, stepState(program, { seed: 0, step: 0, ...rows }));
  sumLoss(losses, program.tensor("x", 2, 2), 0, "sum");
  assertEquals([losses.names.length, program.launches], [0, 0]);
});
