import { bceLoss } from "../../shaders/bce_loss/bce_loss.ts";
import { mean, softplus } from "../reference/losses.ts";
import { checkLoss } from "./loss_check.ts";

const sizes = [[1, 1], [63, 63], [65, 65], [2048, 2048], [64, 10]];

for (const [rows, batchRows] of sizes) {
  Deno.test(`bceLoss() is the mean over 2B, ${batchRows} of ${rows} rows`, () =>
    checkLoss({
      inputs: [{ rows, columns: 1 }, { rows, columns: 1 }],
      batchRows,
      build: (losses, [positive, negative]) => bceLoss(losses, positive, negative),
      twin: ([positive, negative]) =>
        (mean(positive.map((value) => softplus(-value)), batchRows) +
          mean(negative.map((value) => softplus(value)), batchRows)) / 2,
    }));
}

Deno.test("bceLoss() stays finite and exact for extreme scores, and keeps the digits of small ones", async () => {
  const twin = ([positive, negative]: readonly Float64Array[]) =>
    (mean(positive.map((value) => softplus(-value)), positive.length) +
      mean(negative.map((value) => softplus(value)), negative.length)) / 2;
  const cases = [
    [[100, -100, 30, 0, 1e4], [-100, 100, 12, 0, -1e4]],
    [[15], [-14]],
    // On both sides of where the logarithm is written out.
    [[1.4], [-1.37]],
  ];
  for (const [positive, negative] of cases) {
    await checkLoss({
      inputs: [positive, negative].map((values) => ({
        rows: values.length,
        columns: 1,
        values: Float32Array.from(values),
      })),
      build: (losses, [positive, negative]) => bceLoss(losses, positive, negative),
      twin,
    });
  }
});
