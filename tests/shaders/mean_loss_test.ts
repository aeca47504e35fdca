import { meanLoss } from "../../shaders/mean_loss/mean_loss.ts";
import { checkLoss } from "./loss_check.ts";

Deno.test("meanLoss() takes the rows of a short batch alone", async () => {
  for (const [rows, batchRows] of [[1, 1], [65, 65], [300, 70]]) {
    await checkLoss({
      inputs: [{ rows, columns: 1 }],
      batchRows,
      build: (losses, [x]) => meanLoss(losses, x, 0.3, "mean"),
      twin: ([x]) => 0.3 * x.subarray(0, batchRows).reduce((sum, v) => sum + v, 0) / batchRows,
    });
  }
});
