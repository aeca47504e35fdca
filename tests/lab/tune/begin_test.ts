import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { beginTrials, type RunStep } from "../../../lab/tune/begin.ts";
import { newTuneRecord } from "../../../lab/tune/tune_record.ts";
import type { Trial, TrialStep } from "../../../lab/trials/trial.ts";

const bpr: Trial = { model: "bpr", settings: {}, seed: 0 };
const popularity: Trial = { model: "popularity", settings: {}, seed: 0 };

function* endless(trials: readonly Trial[]): Generator<Trial> {
  while (true) yield* trials;
}

const record = (asked: { trials?: number; minutes?: number; epochs?: number; seeds?: number }) => {
  const { trials = null, minutes = null, epochs = 27, seeds = 3 } = asked;
  const models = ["popularity", "bpr"];
  const all = { dataset: "shop", models, spaces: {}, trials, minutes, epochs, seeds, seed: 0 };
  return newTuneRecord(all, "a test", {});
};

/** Runs steps in no time, and says that each took so many seconds. */
const running = (seconds: number, batches: number[] = []) => (steps: readonly TrialStep[]) => {
  batches.push(steps.length);
  return Promise.resolve(steps.map((step): RunStep => ({
    ...{ number: step.number, step },
    outcome: {
      ...{ status: "finished", epochs: 1, reason: "", best_epoch: 1, gpu_bytes: 0, seconds },
      validation: { "recall@20": 0 },
    },
  })));
};

const how = (seconds: number, batches?: number[], width = 1) => ({
  ...{ finalists: 3, width, run: running(seconds, batches) },
});

Deno.test("beginTrials() takes as many trials as were asked for, and gives all of them to the engine at once", async () => {
  const batches: number[] = [];
  const list = endless([popularity, bpr]);
  const begun = await beginTrials(record({ trials: 5 }), list, how(1, batches));
  assertEquals([begun.length, batches], [5, [5]]);
  assertEquals(begun.map(({ step }) => step.epochs), [1, 1, 1, 1, 1]);
  assertEquals((await beginTrials(record({ trials: 9 }), [popularity], how(1))).length, 1);
});

Deno.test("beginTrials() leaves time for halving and for seeds, and begins in the width of the engine", async () => {
  // 60 s: computed trials take all of it, as nothing follows from them.
  const computed = await beginTrials(record({ minutes: 1 }), endless([popularity]), how(2));
  assertEquals(computed.length, 30);
  const trained = await beginTrials(record({ minutes: 10 }), endless([bpr]), how(1));
  assert(trained.length < 300 && trained.length > 100, String(trained.length));
  const fewer = await beginTrials(record({ minutes: 10, seeds: 9 }), endless([bpr]), how(1));
  assert(fewer.length < trained.length);
  const batches: number[] = [];
  const wide = await beginTrials(record({ minutes: 1 }), endless([popularity]), how(2, batches, 8));
  assertEquals([wide.length, new Set(batches)], [32, new Set([8])]);
});

Deno.test("beginTrials() ends before a trial for whose following there is no time", async () => {
  const dear: Trial = { ...bpr, model: "smore" };
  const seconds = ({ trial }: TrialStep) => trial === dear ? 40 : 0.1;
  const run = async (steps: readonly TrialStep[]) =>
    (await Promise.all(steps.map((step) => running(seconds(step))([step])))).flat();
  const list = [popularity, bpr, bpr, dear, bpr];
  // Of 27 epochs an epoch of 40 s takes 18 minutes, and three seeds of it an hour.
  const bounded = { finalists: 3, width: 1, run };
  const begun = await beginTrials(record({ minutes: 10 }), list, bounded);
  assertEquals(begun.map(({ step: { trial } }) => trial.model), ["popularity", "bpr", "bpr"]);
  assertEquals((await beginTrials(record({ minutes: 90 }), list, bounded)).length, 5);
});

Deno.test("beginTrials() leaves time for the seeds of one trial of a model, as finalists are of different models", async () => {
  // 1 s an epoch: three go on to 27 epochs in 78 s, and two other seeds of one of them take 54 s.
  const { length } = await beginTrials(record({ minutes: 2.5 }), endless([bpr]), how(1));
  assert(length > 8 && length < 18, String(length));
});

Deno.test("beginTrials() of a number that the time has decided asks no clock", async () => {
  const known = { ...record({ minutes: 1 }), begun: 7 };
  assertEquals((await beginTrials(known, endless([bpr]), how(1000))).length, 7);
});

Deno.test("beginTrials() refuses a time that is too short for a single trial", async () => {
  await assertRejects(
    () => beginTrials(record({ minutes: 0.01 }), endless([popularity]), how(3)),
    UsageError,
    "Cannot tune in 0.01 minutes: the first trial alone, of popularity, took 3.0 s",
  );
});
