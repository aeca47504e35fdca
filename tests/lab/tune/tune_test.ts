import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { contentHashes } from "../../../data/content_hashes.ts";
import { BandpassError, InterruptedError, UsageError } from "../../../errors.ts";
import { localEngine, type TrialEngine } from "../../../lab/trials/engine.ts";
import type { TrialPlace } from "../../../lab/trials/trial.ts";
import { tune } from "../../../lab/tune/tune_stages.ts";
import { openTune } from "../../../lab/tune/tune_folder.ts";
import {
  newTuneRecord,
  readTuneRecord,
  type TuneArguments,
} from "../../../lab/tune/tune_record.ts";
import { readPresetFile } from "../../../lab/tune/preset_file.ts";
import { Recommender } from "../../../recommender/recommender.ts";
import { train } from "../../../recommender/train.ts";
import { withDrawnUsers } from "../../../training/validation_users.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { shop, withFolder } from "../../recommender/shop.ts";

const small = { dim: { choices: [16] }, learning_rate: { from: 1e-3, to: 1e-1, scale: "log" } };
const asked: TuneArguments = {
  ...{ dataset: "shop", models: ["popularity", "gfcf", "bpr"], trials: 13, minutes: null },
  spaces: {
    popularity: {},
    gfcf: { eigenpairs: { from: 2, to: 16 }, alpha: { from: 0.1, to: 10, scale: "log" } },
    bpr: small as TuneArguments["spaces"][string],
  },
  ...{ epochs: 3, seeds: 2, seed: 1 },
};

const placeOf = async (): Promise<TrialPlace> => ({
  ...{ gpu: await testGpu(), dataset: shop, dataDirectory: "datasets" },
});

async function tuned(
  folder: string,
  { args = asked, engine, ...more }: {
    args?: TuneArguments;
    engine?: (place: TrialPlace) => TrialEngine;
    signal?: AbortSignal;
    onOutcome?: () => void;
  } = {},
) {
  const place = { ...await placeOf(), evalUsers: args.eval_users, signal: more.signal };
  const record = newTuneRecord(args, place.gpu.name, contentHashes(shop));
  await using opened = await openTune(folder, record);
  const own = (engine ?? localEngine)(place);
  return await tune({ folder, record: opened.record, place, engine: own, ...more });
}

const tables = ["trials.ndjson", "trials.parquet", "preset.json", "result.json"];
const bytesOf = (folder: string) =>
  Promise.all(tables.map((name) => Deno.readFile(`${folder}/${name}`)));

/** An engine whose steps fail from a rung on, those of trials from a number on alone. */
const failingFrom = (rung: number, place: TrialPlace, number = 0): TrialEngine => {
  const one = localEngine(place);
  return {
    width: one.width,
    run: (folder, steps, onOutcome) =>
      one.run(folder, steps, (step, outcome) =>
        onOutcome(
          step,
          step.rung < rung || step.number < number
            ? outcome
            : { ...outcome, status: "diverged", reason: "not finite", validation: null },
        )),
  };
};

/** An engine of two workers that run the steps from the last to the first. */
const spread = (place: TrialPlace): TrialEngine => {
  const one = localEngine(place);
  return {
    width: 2,
    async run(folder, steps, onOutcome) {
      for (const step of steps.toReversed()) await one.run(folder, [step], onOutcome);
    },
  };
};

Deno.test("tune() gives the same bytes however it is interrupted, spread or bounded", () =>
  withFolder(async (folder) => {
    const whole = await tuned(`${folder}/whole`);
    assertEquals([whole.trials, whole.failed], [13, 0]);
    const [winner] = whole.finalists;
    const scores = whole.finalists.map(({ runs }) => runs[0].validation["recall@20"]);
    assertEquals(whole.finalists.length, 3);
    assertEquals(new Set(whole.finalists.map(({ model }) => model)).size, 3);
    const bpr = whole.finalists.find(({ model }) => model === "bpr")!;
    assertEquals(bpr.runs.map(({ seed }) => seed), [1, 2]);
    assertEquals(bpr.runs.map(({ number }) => number >= 13), [false, true]);
    for (const { usual, best } of whole.models) assert(best! >= usual!);
    const bestUsual = Math.max(...whole.models.map(({ usual }) => usual!));
    assert(Math.max(...scores) >= bestUsual);
    assert(whole.blend!.validation["recall@20"] >= Math.max(...scores) - 1e-9);
    const preset = await readPresetFile(`${folder}/whole/preset.json`);
    assertEquals([preset.model, preset.settings], [winner.model, winner.settings]);
    const expected = await bytesOf(`${folder}/whole`);

    const parted = `${folder}/parted`;
    for (const after of [2, 3, 5]) {
      const stopping = new AbortController();
      let done = 0;
      const onOutcome = () => ++done === after && stopping.abort();
      const attempt = () => tuned(parted, { signal: stopping.signal, onOutcome });
      await assertRejects(attempt, InterruptedError);
    }
    assertEquals(await tuned(parted), whole);
    assertEquals(await bytesOf(parted), expected);

    assertEquals(await tuned(`${folder}/spread`, { engine: spread }), whole);
    assertEquals(await bytesOf(`${folder}/spread`), expected);

    const bounded = `${folder}/bounded`;
    const minutes = await tuned(bounded, { args: { ...asked, trials: null, minutes: 0.1 } });
    const { begun } = await readTuneRecord(bounded);
    assertEquals(begun, minutes.trials);
    await tuned(`${folder}/counted`, { args: { ...asked, trials: begun } });
    assertEquals(await bytesOf(`${folder}/counted`), await bytesOf(bounded));
    const other = await tuned(`${folder}/other`, { args: { ...asked, seed: 2 } });
    assertNotEquals(other.finalists, whole.finalists);
  }));

Deno.test("tune() ranks the drawn users in validation, be it of trials or of the blend, and says so", () =>
  withFolder(async (directory) => {
    const folder = `${directory}/tune`;
    const args = { ...asked, models: ["popularity", "gfcf"], trials: 2, eval_users: 5 };
    const found = await tuned(folder, { args });
    assertEquals((await readTuneRecord(folder)).eval_users, 5);
    assert(found.protocol.includes("; validation ranks 5 of "), found.protocol);
    const preset = await readPresetFile(`${folder}/preset.json`);
    assert(preset.source.includes("by validation Recall@20 of 5 users"), preset.source);
    const drawn = withDrawnUsers(shop, 5, asked.seed);
    const popularity = found.finalists.find(({ model }) => model === "popularity")!;
    await using made = await train(drawn, "popularity", { gpu: await testGpu() });
    assertEquals(popularity.runs[0].validation, made.validation);
    await using blend = await Recommender.open(`${folder}/blend`, {
      ...{ gpu: await testGpu(), dataset: shop },
    });
    const whole = await blend.evaluate("valid", "train");
    assertNotEquals(found.blend!.validation, whole);
    const other = { args: { ...args, eval_users: 6 } };
    await assertRejects(() => tuned(folder, other), UsageError, "eval_users 5, now 6");
  }));

Deno.test("tune() records trials that fail, and goes on without them; where all do, it says why", () =>
  withFolder(async (folder) => {
    const wild = { learning_rate: { choices: [1e38, 1e37] } };
    const spaces = { ...asked.spaces, bpr: wild };
    const result = await tuned(`${folder}/some`, { args: { ...asked, spaces, trials: 13 } });
    assertEquals([result.trials, result.failed], [13, 1]);
    const lines = (await Deno.readTextFile(`${folder}/some/trials.ndjson`)).trim().split("\n")
      .map((line) => JSON.parse(line));
    const [failed] = lines.filter(({ status }) => status === "diverged");
    assert(failed.reason.startsWith("Training diverged in epoch"));
    assertEquals(failed.validation, null);

    const args = { ...asked, models: ["vbpr"], spaces: { vbpr: {} }, trials: 1 };
    const error = await assertRejects(
      () => tuned(`${folder}/none`, { args }),
      BandpassError,
      "its only trial did not finish: vbpr: Cannot train",
    );
    assertEquals(error instanceof UsageError, false);
    const bprs = { ...asked, models: ["bpr"], trials: 2 };
    await assertRejects(
      () => tuned(`${folder}/late`, { args: bprs, engine: (place) => failingFrom(1, place) }),
      BandpassError,
      "none of its 2 trials finished; the first that failed, of bpr: not finite",
    );
    // Seeds that fail are counted beside those that did not.
    const { finalists } = await tuned(`${folder}/seeds`, {
      args: bprs,
      engine: (place) => failingFrom(0, place, bprs.trials),
    });
    assertEquals(finalists.map(({ runs, failed }) => [runs.length, failed]), [[1, 1]]);
    // One model alone is no blend, and its usual settings alone are a tune too.
    const alone = { ...asked, models: ["popularity"], trials: 5 };
    const one = await tuned(`${folder}/one`, { args: alone });
    assertEquals([one.trials, one.blend, one.finalists.length], [1, null, 1]);
  }));

Deno.test("openTune() refuses other arguments, other folders, and a second process", () =>
  withFolder(async (folder) => {
    const record = newTuneRecord(asked, "a test", { interactions: "a" });
    const path = `${folder}/tune`;
    {
      await using first = await openTune(path, record);
      assertEquals(first.isResumed, false);
      const again = await assertRejects(() => openTune(path, record), BandpassError, "Cannot tune");
      assert(again.message.endsWith("is tuning it"));
    }
    const bpr = { ...asked.spaces, bpr: {} };
    const cases: [Partial<typeof record>, string][] = [
      [{ epochs: 9 }, "epochs 3, now 9"],
      [{ trials: null, minutes: 5 }, "trials 13, now none; minutes none, now 5"],
      [{ models: ["bpr"] }, "models popularity,gfcf,bpr, now bpr"],
      [{ spaces: bpr }, "the space of bpr is another"],
      [{ data: { interactions: "b" } }, 'the contents of "shop" have changed'],
      [{ adapter: "another" }, 'adapter "a test", now "another"'],
      [{ usual: { ...record.usual, bpr: {} } }, "the usual settings of bpr were others"],
    ];
    for (const [change, message] of cases) {
      const attempt = () => openTune(path, { ...record, ...change });
      await assertRejects(attempt, UsageError, message);
    }
    await using same = await openTune(path, { ...record, begun: 4 });
    assertEquals([same.isResumed, same.record.begun], [true, null]);
    await Deno.mkdir(`${folder}/other`);
    const other = () => openTune(`${folder}/other`, record);
    await assertRejects(other, UsageError, "it already exists, and is no tune");
  }));
