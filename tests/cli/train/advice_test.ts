import { assertEquals } from "@std/assert";
import { adviceOn } from "../../../cli/train/advice.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { lightgcn } from "../../../models/lightgcn/lightgcn.ts";
import { trainingSettings } from "../../../models/training_settings.ts";
import { stopReasons } from "../../../training/position.ts";

/** What is found in a training of these losses and validation scores. */
function found(
  losses: number[],
  scores: number[],
  { rate = 0.001, stopReason = "no improvement for 21 epochs" } = {},
) {
  const lines = losses.map((loss, n) => ({
    ...{ epoch: n + 1, loss, terms: {}, seconds: 1 },
    validation: { "recall@20": scores[n] },
  }));
  const bestEpoch = scores.indexOf(Math.max(...scores)) + 1;
  const result = { lines, bestEpoch, epochs: losses.length, stopReason };
  return adviceOn(result, trainingSettings, trainedSettings(lightgcn, { learning_rate: rate }));
}

const falling = [0.7, 0.6, 0.5, 0.45, 0.44, 0.43];
const flat = [0.7, 0.699, 0.698, 0.699, 0.698, 0.698];

Deno.test("adviceOn() finds nothing wrong with a training that learnt", () => {
  assertEquals(found(falling, [0.1, 0.2, 0.3, 0.25, 0.2, 0.2]), []);
  // Too short to tell.
  assertEquals(found([0.7, 0.7], [0.2, 0.1]), []);
});

Deno.test("adviceOn() finds a loss that hardly fell, and tries a larger learning rate", () => {
  const scores = [0.1, 0.2, 0.3, 0.25, 0.2, 0.2];
  assertEquals(found(flat, scores), [{
    found:
      "The loss hardly fell, from 0.7000 to 0.6980: the learning rate (0.001) may be too small",
    settings: { learning_rate: 0.01 },
  }]);
  assertEquals(found(flat, scores, { rate: 0 })[0].settings, { learning_rate: 0.001 });
});

Deno.test("adviceOn() finds a loss that rose, and tries a smaller learning rate", () => {
  assertEquals(found([0.7, 0.8, 0.9, 1, 2, 3], [0.3, 0.1, 0.2, 0.1, 0.1, 0.1], { rate: 0.003 }), [{
    found: "The loss rose, from 0.7000 to 3.000: the learning rate (0.003) may be too large",
    settings: { learning_rate: 0.0003 },
  }]);
});

Deno.test("adviceOn() finds a best epoch that is the first", () => {
  const first = found(falling, [0.3, 0.1, 0.2, 0.1, 0.299, 0.1], { rate: 5 });
  assertEquals(first, [{
    found:
      "The best epoch is the first, and nothing after it helped: the learning rate (5) may be " +
      "too large",
    settings: { learning_rate: 0.001 },
  }]);
});

Deno.test("adviceOn() finds a training that was still improving when it ended", () => {
  const scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  assertEquals(found(flat, scores, { stopReason: stopReasons.maximumEpochs }), [{
    found: "Validation Recall@20 was still improving after 6 epochs",
    epochs: 12,
  }]);
});

Deno.test("adviceOn() finds validation that fell from the first epoch on, whatever came after", () => {
  const [advice] = found(falling, [0.3, 0.25, 0.2, 0.1, 0.2, 0.25], { rate: 0.003 });
  assertEquals(advice, {
    found: "Not learning in the first 5 epochs: validation Recall@20 fell from 0.3000 to 0.2000 " +
      "while the loss fell too; the learning rate may be too large",
    settings: { learning_rate: 0.0003 },
  });
});
