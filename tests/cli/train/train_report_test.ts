import { assertEquals, assertStringIncludes } from "@std/assert";
import { trainText } from "../../../cli/train/train_report.ts";
import type { RunResult } from "../../../training/run_result.ts";

const metrics = (value: number) =>
  Object.fromEntries(
    ["recall", "ndcg", "precision", "map"].flatMap((name) =>
      [5, 10, 20, 50].map((cutoff) => [`${name}@${cutoff}`, value + cutoff / 1000])
    ),
  );
const result: RunResult = {
  ...{ protocol: "all items are ranked", model: "bpr", dataset: "shop", seed: 0, adapter: "a" },
  ...{ bandpass: "0", status: "finished", stop_reason: "no improvement for 21 epochs" },
  ...{ epochs: 34, best_epoch: 13, validation: metrics(0.1), test: metrics(0.2) },
  ...{ seconds: 40.8, seconds_per_epoch: 1.2 },
};
const report = { ...result, run: "runs/a" };

Deno.test("trainText() says why it stopped, and gives four metrics at 20", () => {
  assertEquals(
    trainText(report),
    `Stopped after 34 epochs: no improvement for 21 epochs; the best is epoch 13
Training took 41 s, 1.20 s per epoch

bpr on shop   validation    test
Recall@20         0.1200  0.2200
NDCG@20           0.1200  0.2200
Precision@20      0.1200  0.2200
MAP@20            0.1200  0.2200

Saved in runs/a
`,
  );
});

Deno.test("trainText() gives all metrics and the protocol where they are asked for", () => {
  const text = trainText(report, { allMetrics: true });
  assertStringIncludes(text, "test ndcg             0.2050  0.2100  0.2200  0.2500");
  assertStringIncludes(text, "\nall items are ranked\n");
});

Deno.test("trainText() tells the maximum of epochs, and models that are computed", () => {
  const first = (change: Partial<RunResult>) => trainText({ ...report, ...change }).split("\n")[0];
  assertEquals(
    first({ stop_reason: "maximum epochs", epochs: 1000 }),
    "Stopped after 1,000 epochs, the maximum; the best is epoch 13",
  );
  assertEquals(first({ stop_reason: "computed", seconds: 0.4 }), "Computed in 1 s");
});

Deno.test("trainText() says what the metrics are to be compared with", () => {
  const yardstick = { model: "mmgf", validation: { "recall@20": 0.13 } };
  assertStringIncludes(
    trainText({ ...report, yardstick }),
    "\n\nYardstick: validation Recall@20 0.1300 by mmgf, without training\n\nSaved in",
  );
});
