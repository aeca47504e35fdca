import { assertThrows } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { mean, softplus } from "../reference/losses.ts";
import { checkLoss } from "./loss_check.ts";

/** The op in f64, without its weight. */
function twin(rows: readonly Float64Array[], columns: number, batchRows: number): number {
  const [user, positive, negative] = rows;
  const gaps = new Float64Array(user.length / columns);
  user.forEach((value, at) =>
    gaps[Math.floor(at / columns)] += value * (negative[at] - positive[at])
  );
  return mean(gaps.map(softplus), batchRows);
}

for (const [rows, columns, batchRows] of [[1, 1, 1], [63, 5, 63], [65, 8, 65], [300, 64, 20]]) {
  Deno.test(`bprLossOfRows() is −mean log σ(u·p−u·n), ${batchRows} of ${rows}×${columns}`, () =>
    checkLoss({
      inputs: [0, 1, 2].map(() => ({ rows, columns })),
      batchRows,
      build: (losses, [user, positive, negative]) =>
        bprLossOfRows(losses, user, positive, negative, { weight: 3 }),
      twin: (inputs) => 3 * twin(inputs, columns, batchRows),
    }));
}

Deno.test("bprLossOfRows() stays finite and exact for extreme scores", () =>
  checkLoss({
    inputs: [[10, -10, 3, 0], [10, 10, 10, 5], [-10, -10, 4, 5]].map((values) => ({
      rows: 4,
      columns: 1,
      values: new Float32Array(values),
    })),
    build: (losses, [user, positive, negative]) => bprLossOfRows(losses, user, positive, negative),
    twin: (inputs) => twin(inputs, 1, 4),
  }));

Deno.test("bprLossOfRows() refuses rows of different shapes", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "shapes");
  const options = { seed: 0, step: 0, epochStep: 0, epochRows: 3, batchSize: 3 };
  const losses = new LossTerms(program, stepState(program, options));
  const [user, item] = [program.tensor("user", 3, 4), program.tensor("item", 3, 8)];
  assertThrows(
    () => bprLossOfRows(losses, user, item, item),
    Error,
    '"user" is 3×4, "item" 3×8',
  );
  memory.destroy();
});
