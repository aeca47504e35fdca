import { assertEquals } from "@std/assert";
import { trainedSettings } from "../../models/define_model.ts";
import { smore } from "../../models/smore/smore.ts";
import { notLearning, notLearningNow, notLearningText } from "../../training/not_learning.ts";

/** Epochs with a ranking term, an alignment term, and validation scores. */
const epochs = (ranking: number[], alignment: number[], scores: number[]) =>
  ranking.map((bpr, n) => ({
    ...{ epoch: n + 1, loss: bpr + alignment[n], seconds: 1 },
    terms: { bpr, "squares": 0, "user alignment": alignment[n] },
    validation: { "recall@20": scores[n] },
  }));

const falling = [0.0598, 0.0552, 0.0468, 0.0375, 0.0372];
const still = [0.6927, 0.6925, 0.6923, 0.6918, 0.6915];
const aligned = [0.077, 0.062, 0.06, 0.059, 0.058];
const settings = trainedSettings(smore, { learning_rate: 0.002 });
const found = (lines: ReturnType<typeof epochs>) => notLearning(lines, smore.settings, settings);

Deno.test("notLearning() finds a loss that falls by its alignment alone, and leaves that out", () => {
  const problem = found(epochs(still, aligned, falling))!;
  assertEquals(problem.settings, { contrastive: 0 });
  assertEquals(
    notLearningText(problem),
    "Not learning in the first 5 epochs: validation Recall@20 fell from 0.0598 to 0.0372 while the " +
      "loss fell too; only its alignment terms did",
  );
});

Deno.test("notLearning() finds validation that falls while pairs are ranked, and tries a smaller rate", () => {
  const problem = found(epochs([0.69, 0.6, 0.5, 0.4, 0.3], aligned, falling))!;
  assertEquals(problem.settings, { learning_rate: 0.0002 });
  assertEquals(
    notLearningText(problem),
    "Not learning in the first 5 epochs: validation Recall@20 fell from 0.0598 to 0.0372 while the " +
      "loss fell too; the learning rate may be too large",
  );
});

Deno.test("notLearning() finds nothing in a training that learns, or cannot be told yet", () => {
  // It rises; it rises after a fall; it is level; it has begun; it rises much later; its loss rises.
  assertEquals(found(epochs(still, aligned, [0.03, 0.04, 0.05, 0.06, 0.07])), undefined);
  assertEquals(found(epochs(still, aligned, [0.06, 0.05, 0.04, 0.06, 0.061])), undefined);
  assertEquals(found(epochs(still, aligned, [0.06, 0.06, 0.06, 0.06, 0.0599])), undefined);
  assertEquals(found(epochs(still, aligned, falling).slice(0, 4)), undefined);
  const later = epochs([...still, 0.6], [...aligned, 0.05], [...falling, 0.0599]);
  assertEquals(found(later), undefined);
  assertEquals(found(epochs(still, aligned.toReversed(), falling)), undefined);
});

Deno.test("notLearningNow() tells it once", () => {
  const six = epochs([...still, 0.69], [...aligned, 0.05], [...falling, 0.03]);
  const told = [4, 5, 6].map((count) =>
    notLearningNow(six.slice(0, count), smore.settings, settings) !== undefined
  );
  assertEquals(told, [false, true, false]);
});
