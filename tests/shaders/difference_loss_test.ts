import { assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { differenceLoss } from "../../shaders/difference_loss/difference_loss.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss } from "./loss_check.ts";

Deno.test("differenceLoss() pulls to a target that stays", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkLoss({
      inputs: [{ rows, columns }, { rows, columns, differentiable: false }],
      build: (losses, [x, target]) => differenceLoss(losses, x, target, 0.3, "difference"),
      twin: ([x, target]) =>
        0.3 * x.reduce((sum, value, n) => sum + (value - target[n]) ** 2, 0) / (rows * columns),
    });
  }
  // The target's gradient is stopped even where it could take one.
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "stopped");
  const state = stepState(program, {
    seed: 0,
    step: 0,
    epochStep: 0,
    epochRows: 2,
    batchSize: 2,
  });
  const [x, target] = [0, 1].map((n) => program.tensor(`${n}`, 2, 2));
  differenceLoss(new LossTerms(program, state), x, target, 1, "difference");
  program.backward();
  assertEquals(program.gradient(target), undefined);
});
