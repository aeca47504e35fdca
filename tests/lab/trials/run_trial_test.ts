import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { DataError, InterruptedError, UsageError } from "../../../errors.ts";
import { testTrial } from "../../../lab/trials/test_trial.ts";
import { runTrial } from "../../../lab/trials/run_trial.ts";
import type { Trial } from "../../../lab/trials/trial.ts";
import { train } from "../../../recommender/train.ts";
import { readResult } from "../../../training/result_file.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { shop, small, withFolder } from "../../recommender/shop.ts";

const bpr: Trial = { model: "bpr", settings: small.settings, seed: small.seed };
const place = async () => ({ gpu: await testGpu(), dataset: shop, dataDirectory: "datasets" });
/** What does not tell what it took. */
const untimed = (outcome: object) =>
  Object.fromEntries(
    Object.entries(outcome).filter(([key]) =>
      !/^(seconds|seconds_per_epoch|preparation_seconds|gpu_bytes)$/.test(key)
    ),
  );

Deno.test("runTrial() takes a trial further as one training would have gone, and leaves test alone", () =>
  withFolder(async (folder) => {
    const here = await place();
    const [parted, whole] = [`${folder}/parted`, `${folder}/whole`];
    const first = await runTrial(here, { trial: bpr, epochs: 1 }, parted);
    assertEquals([first.status, first.epochs, first.reason], ["finished", 1, "maximum epochs"]);
    assert(first.seconds > 0 && first.gpu_bytes > 0);
    const further = await runTrial(here, { trial: bpr, epochs: 3 }, parted);
    await using model = await train(shop, "bpr", { ...small, gpu: here.gpu, run: whole });
    for (const file of ["best.safetensors", "last.safetensors"]) {
      const [a, b] = [`${parted}/${file}`, `${whole}/${file}`];
      assertEquals(await Deno.readFile(a), await Deno.readFile(b));
    }
    assertEquals(further.validation, model.validation);
    assertEquals([further.epochs, further.best_epoch], [3, model.result.bestEpoch]);
    const untested = (await readResult(parted))!;
    assertEquals([untested.status, untested.test], ["finished", null]);
    assert(untested.protocol.startsWith("valid: full ranking"));
    // A step whose outcome was lost with the process is run again, and nothing is trained.
    const again = await runTrial(here, { trial: bpr, epochs: 3 }, parted);
    assertEquals(untimed(again), untimed(further));

    assertEquals(await testTrial(here, parted), model.test);
    assertEquals(untimed((await readResult(parted))!), untimed((await readResult(whole))!));
    assertEquals(await testTrial(here, parted), model.test);
  }));

Deno.test("runTrial() computes a model whole, also where a killed process has left its folder", () =>
  withFolder(async (folder) => {
    const here = await place();
    const settings = { search: "none", eigenpairs: 8, alpha: 1 };
    const step = { trial: { model: "gfcf", settings, seed: 0 }, epochs: 1 };
    const path = `${folder}/run`;
    const outcome = await runTrial(here, step, path);
    assertEquals([outcome.status, outcome.epochs, outcome.reason], ["finished", 1, "computed"]);
    assertEquals((await readResult(path))!.test, null);
    const kept = await Deno.readFile(`${path}/best.safetensors`);
    assertEquals(untimed(await runTrial(here, step, path)), untimed(outcome));
    await Deno.remove(`${path}/result.json`);
    await Deno.remove(`${path}/best.safetensors`);
    assertEquals(untimed(await runTrial(here, step, path)), untimed(outcome));
    assertEquals(await Deno.readFile(`${path}/best.safetensors`), kept);
    await using model = await train(shop, "gfcf", { settings, gpu: here.gpu });
    assertEquals(await testTrial(here, path), model.test);
  }));

Deno.test("runTrial() gives what is wrong with a trial as its outcome, and the next one runs", () =>
  withFolder(async (folder) => {
    const here = await place();
    const wild = { ...bpr, settings: { ...bpr.settings, learning_rate: 1e38 } };
    const diverged = await runTrial(here, { trial: wild, epochs: 3 }, `${folder}/a`);
    assertEquals([diverged.status, diverged.validation], ["diverged", null]);
    assert(diverged.reason.startsWith("Training diverged in epoch"));
    const again = await runTrial(here, { trial: wild, epochs: 3 }, `${folder}/a`);
    assertEquals(untimed(again), untimed(diverged));
    const vbpr = { model: "vbpr", settings: {}, seed: 0 };
    const failed = await runTrial(here, { trial: vbpr, epochs: 3 }, `${folder}/b`);
    assertEquals([failed.status, failed.epochs], ["failed", 0]);
    assert(failed.reason.includes("the dataset has no features"));
    await assertRejects(() => testTrial(here, `${folder}/a`), Error, "the trial failed");
    const fine = await runTrial(here, { trial: bpr, epochs: 1 }, `${folder}/c`);
    assertEquals(fine.status, "finished");
  }));

Deno.test("runTrial() throws what is wrong with the call, and not with the trial", () =>
  withFolder(async (folder) => {
    const here = await place();
    const path = `${folder}/run`;
    const unknown = { ...bpr, settings: { dims: 16 } };
    await assertRejects(() => runTrial(here, { trial: unknown, epochs: 1 }, path), UsageError);
    await runTrial(here, { trial: bpr, epochs: 1 }, path);
    const other = { ...bpr, settings: { ...bpr.settings, dim: 32 }, seed: 7 };
    await assertRejects(
      () => runTrial(here, { trial: other, epochs: 2 }, path),
      UsageError,
      "it was begun with dim 16, now 32; seed 2, now 7",
    );
    const signal = AbortSignal.abort();
    const interrupted = () => runTrial({ ...here, signal }, { trial: bpr, epochs: 3 }, path);
    await assertRejects(interrupted, InterruptedError);
    const outcome = await runTrial(here, { trial: bpr, epochs: 3 }, path);
    const whole = await runTrial(here, { trial: bpr, epochs: 3 }, `${folder}/whole`);
    assertNotEquals(outcome.validation, null);
    assertEquals(untimed(outcome), untimed(whole));

    // More epochs than the step is to have, as a training that was resumed by hand has, would count as fewer.
    const beyond = () => runTrial(here, { trial: bpr, epochs: 2 }, path);
    const next = `Remove "${path}" and ask for the same again`;
    const ahead = await assertRejects(beyond, UsageError, "it has 3 epochs, and is to have 2 now");
    assertEquals(ahead.nextStep, next);
    // What a disk did to a file is no outcome of the trial.
    const bytes = await Deno.readFile(`${path}/last.safetensors`);
    bytes[bytes.length - 9] ^= 1;
    await Deno.writeFile(`${path}/last.safetensors`, bytes);
    const further = () => runTrial(here, { trial: bpr, epochs: 5 }, path);
    const damaged = await assertRejects(further, DataError, "checksum");
    assertEquals(
      damaged.nextStep,
      `Restore it from an intact copy; or to run the trial anew: ${next}`,
    );
    await Deno.remove(path, { recursive: true });
    const anew = await further();
    assertEquals(
      untimed(anew),
      untimed(await runTrial(here, { trial: bpr, epochs: 5 }, `${folder}/whole`)),
    );
  }));
