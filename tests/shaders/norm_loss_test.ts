import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { checkLoss } from "./loss_check.ts";

const sizes = [[1, 1], [63, 63], [65, 65], [2048, 2048], [64, 10]];

for (const [rows, batchRows] of sizes) {
  Deno.test(`normLoss() is the norm over the rows of the batch, ${batchRows} of ${rows} rows`, () =>
    checkLoss({
      inputs: [{ rows, columns: 8 }],
      batchRows,
      build: (losses, [x]) => normLoss(losses, x, 0.7, "norm"),
      twin: ([x]) => 0.7 * Math.hypot(...x) / batchRows,
    }));
}

Deno.test("normLoss() of zeros is 0, with a gradient of 0", () =>
  checkLoss({
    inputs: [{ rows: 2, columns: 4, values: new Float32Array(8) }, { rows: 2, columns: 4 }],
    build: (losses, [zeros, x]) => {
      normLoss(losses, zeros, 1, "zeros");
      normLoss(losses, x, 1, "x");
    },
    // The norm has no derivative at 0; the gradient there is taken to be 0, as PyTorch does.
    twin: ([, x]) => Math.hypot(...x) / 2,
  }));
