import { assertEquals, assertRejects } from "@std/assert";
import { readDataset } from "../../data/folder.ts";
import { InterruptedError } from "../../errors.ts";
import { trainedSettings } from "../../models/define_model.ts";
import { bpr } from "../../models/bpr/bpr.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { Training } from "../../training/training.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { madeRecord } from "./records.ts";

/** A run that aborts when the best parameters are read, as they are before the test alone. */
function abortingRun(run: RunFolder, controller: AbortController): RunFolder {
  return new Proxy(run, {
    get(target, key) {
      const value = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (key === "openCheckpoint" && args[0] === "best") controller.abort();
        return value.apply(target, args);
      };
    },
  });
}

Deno.test("a training that is interrupted in its test is tested when it is resumed, as if unbroken", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const dataset = await readDataset(`${folder}/sample`);
    const gpu = await testGpu();
    const settings = trainedSettings(bpr, { dim: 4, batch: 8192 });
    const trained = async (run: RunFolder, resume: boolean, signal?: AbortSignal) => {
      const job = { gpu, dataset, definition: bpr, settings, seed: 0, epochs: 2 };
      const training = await Training.plan(job);
      try {
        await training.compile();
        return await training.run(run, { resume, signal });
      } finally {
        training.close();
      }
    };
    const unbroken = await trained(
      await RunFolder.create(`${folder}/unbroken`, madeRecord(), {}),
      false,
    );
    const run = await RunFolder.create(`${folder}/broken`, madeRecord(), {});
    const controller = new AbortController();
    await assertRejects(
      () => trained(abortingRun(run, controller), false, controller.signal),
      InterruptedError,
    );
    assertEquals((await run.metrics(2)).length, 2);
    const resumed = await trained(run, true);
    assertEquals(resumed.test, unbroken.test);
    assertEquals(resumed.lines.length, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
