import { bprLoss } from "../../shaders/bpr_loss/bpr_loss.ts";
import { mean, softplus } from "../reference/losses.ts";
import { checkLoss } from "./loss_check.ts";

const sizes = [[1, 1], [63, 63], [65, 65], [2048, 2048], [64, 10]];

for (const [rows, batchRows] of sizes) {
  Deno.test(`bprLoss() is −mean log σ(s⁺−s⁻), ${batchRows} of ${rows} rows`, () =>
    checkLoss({
      inputs: [{ rows, columns: 1 }, { rows, columns: 1 }],
      batchRows,
      build: (losses, [positive, negative]) => bprLoss(losses, positive, negative, { weight: 3 }),
      twin: ([positive, negative]) =>
        3 * mean(positive.map((value, n) => softplus(negative[n] - value)), batchRows),
    }));
}

Deno.test("bprLoss() stays finite and exact for extreme scores", () =>
  checkLoss({
    inputs: [
      { rows: 4, columns: 1, values: new Float32Array([100, -100, 30, 0]) },
      { rows: 4, columns: 1, values: new Float32Array([-100, 100, 12, 0]) },
    ],
    build: (losses, [positive, negative]) => bprLoss(losses, positive, negative),
    twin: ([positive, negative]) =>
      mean(positive.map((value, n) => softplus(negative[n] - value)), 4),
  }));

Deno.test("bprLoss() keeps the digits of a loss near zero", () =>
  checkLoss({
    inputs: [
      { rows: 1, columns: 1, values: new Float32Array([9]) },
      { rows: 1, columns: 1, values: new Float32Array([-6]) },
    ],
    build: (losses, [positive, negative]) => bprLoss(losses, positive, negative),
    twin: ([positive, negative]) => softplus(negative[0] - positive[0]),
  }));
