import { bceLoss } from "../../shaders/bce_loss/bce_loss.ts";
import { bprLoss } from "../../shaders/bpr_loss/bpr_loss.ts";
import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { checkLoss } from "./op_check.ts";

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const mean = (values: Iterable<number>, count: number) =>
  Array.from(values).slice(0, count).reduce((sum, value) => sum + value, 0) / count;

for (const [rows, batchRows] of [[1, 1], [63, 63], [65, 65], [2048, 2048], [64, 10]]) {
  const name = `${batchRows} of ${rows} rows`;
  Deno.test(`bprLoss() is −mean log σ(s⁺−s⁻), ${name}`, () =>
    checkLoss({
      inputs: [{ rows, columns: 1 }, { rows, columns: 1 }],
      batchRows,
      build: (losses, [positive, negative]) => bprLoss(losses, positive, negative, { weight: 3 }),
      twin: ([positive, negative]) =>
        3 * mean(positive.map((value, n) => softplus(negative[n] - value)), batchRows),
    }));

  Deno.test(`bceLoss() is the mean over 2B, ${name}`, () =>
    checkLoss({
      inputs: [{ rows, columns: 1 }, { rows, columns: 1 }],
      batchRows,
      build: (losses, [positive, negative]) => bceLoss(losses, positive, negative),
      twin: ([positive, negative]) =>
        (mean(positive.map((value) => softplus(-value)), batchRows) +
          mean(negative.map((value) => softplus(value)), batchRows)) / 2,
    }));

  Deno.test(`normLoss() is the norm over the rows of the batch, ${name}`, () =>
    checkLoss({
      inputs: [{ rows, columns: 8 }],
      batchRows,
      build: (losses, [x]) => normLoss(losses, x, 0.7, "norm"),
      twin: ([x]) => 0.7 * Math.hypot(...x) / batchRows,
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
