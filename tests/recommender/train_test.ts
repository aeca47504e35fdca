import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../data/folder.ts";
import { DataError, InterruptedError, UsageError } from "../../errors.ts";
import { openGpu } from "../../gpu/device.ts";
import { waitForDevice } from "../../gpu/staging.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { bpr } from "../../models/bpr/bpr.ts";
import { defineModel } from "../../models/define_model.ts";
import { constantTensor } from "../../models/parameters.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { runTask, withRun } from "../cli/run_cli.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { shop, small, userId, withFolder } from "./shop.ts";

Deno.test("train() gives the same for the same seed, and another model for another seed", async () => {
  const gpu = await testGpu();
  const epochs: number[] = [];
  const onEpoch = ({ line }: { line: { epoch: number } }) => epochs.push(line.epoch);
  await using first = await train(shop, "bpr", { ...small, gpu, onEpoch });
  await using again = await train(shop, bpr, { ...small, gpu });
  await using other = await train(shop, "bpr", { ...small, gpu, seed: 3 });
  assertEquals(epochs, [1, 2, 3]);
  const { users } = await first.embeddings();
  assertEquals((await again.embeddings()).users, users);
  assert((await other.embeddings()).users.values[0] !== users.values[0]);
});

Deno.test("train() refuses models and settings that it does not know", async () => {
  const gpu = await testGpu();
  const cases: [() => Promise<unknown>, string][] = [
    [() => train(shop, "brp", { gpu }), 'Unknown model "brp"'],
    [() => train(shop, "bpr", { gpu, settings: { dims: 16 } }), 'Unknown setting "dims"'],
    [() => train(shop, "bpr", { gpu, epochs: 0 }), 'Cannot set "epochs"'],
    [() => train(shop, { ...bpr }, { gpu }), 'Cannot use the model "bpr": a built-in model has'],
  ];
  for (const [attempt, message] of cases) await assertRejects(attempt, UsageError, message);
  await assertRejects(() => train(shop, "vbpr", { gpu }), DataError, "the dataset has no features");
});

Deno.test("train() computes what has no parameters without validation rows, and says so", async () => {
  const [gpu, notes] = [await testGpu(), [] as string[]];
  const none = { users: new Uint32Array(), items: new Uint32Array() };
  const options = { gpu, onNote: (note: string) => notes.push(note) };
  for (const model of ["popularity", "itemknn"]) {
    await using made = await train({ ...shop, valid: none }, model, options);
    assertEquals(made.validation, {});
    assert(made.test["recall@20"] > 0);
  }
  const note = "has no valid rows (x_label 1): no metrics of them";
  assertEquals(notes.filter((text) => text.includes(note)).length, 2);
  const error = await assertRejects(
    () => train({ ...shop, valid: none }, "bpr", { gpu }),
    DataError,
  );
  assertStringIncludes((error as DataError).nextStep!, "ratios=0.8,0.1,0.1");
});

const sampleSettings = { settings: { dim: 16, batch: 1024 }, epochs: 2, seed: 5 } as const;

// The signal is aborted before the first look at it, after a step of many.
Deno.test("train() saves its state where it is aborted, and the command goes on from there exactly", () =>
  withRun((name, run) =>
    withFolder(async (folder) => {
      const gpu = await testGpu();
      const dataset = await readDataset(`${folder}/sample`);
      const options = { ...sampleSettings, gpu };
      await using whole = await train(dataset, "bpr", { ...options, run: `${folder}/whole` });
      const interrupted = await assertRejects(
        () => train(dataset, "bpr", { ...options, run, signal: AbortSignal.abort("enough") }),
        InterruptedError,
        "Interrupted by enough in epoch 1; the state is saved",
      );
      assertEquals(
        interrupted.nextStep!,
        `Resume with: the command "train" with resume=${run}`,
      );
      const { code, stdout, stderr } = await runTask([
        "train",
        "--resume",
        `runs/${name}`,
        "--json",
      ]);
      assertEquals(code, 0, stderr);
      assertEquals(JSON.parse(stdout).test, whole.test);
      assertEquals(
        await Deno.readFile(`${run}/best.safetensors`),
        await Deno.readFile(`${folder}/whole/best.safetensors`),
      );
    })
  ));

Deno.test("train() without a run says that nothing is saved where it is aborted", async () => {
  const controller = new AbortController();
  let epochs = 0;
  const onEpoch = () => {
    epochs++;
    if (epochs === 2) controller.abort();
  };
  const options = { ...small, epochs: 9, onEpoch, signal: controller.signal, gpu: await testGpu() };
  const error = await assertRejects(
    () => train(shop, "bpr", options),
    InterruptedError,
    "Interrupted after epoch 2; nothing is saved",
  );
  assertStringIncludes(error.nextStep!, 'set "run" to a folder');
  assertEquals(epochs, 2);
});

/** Scores all pairs by 1; its file is what a program says it is. */
const ones = defineModel({
  name: "ones",
  description: "Everything is as good as everything",
  settings: {},
  compute({ memory, dataset: { users, items } }) {
    const rows = (label: string, count: number) => ({
      table: constantTensor(memory, label, count, 4, new Float32Array(4 * count).fill(1), "ones"),
      ...{ firstRow: 0, rows: count },
    });
    const [userRows, itemRows] = [rows("users", users), rows("items", items)];
    return { represent: () => ({ users: userRows, items: itemRows }) };
  },
});

Deno.test("train() of a model without parameters is aborted too", async () => {
  const options = { gpu: await testGpu(), signal: AbortSignal.abort() };
  await assertRejects(() => train(shop, "popularity", options), InterruptedError);
});

Deno.test("open() takes the model of a run again, and refuses another one or another file's", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const source = { file: "ones.ts", sha256: "a".repeat(64) };
    const saved = async (name: string, model: typeof ones) => {
      await using trained = await train(shop, model, { gpu });
      await trained.save(`${folder}/${name}`);
      return trained.test;
    };
    const test = await saved("plain", ones);
    await saved("hashed", { ...ones, source });
    await using again = await Recommender.open(`${folder}/plain`, {
      ...{ gpu, dataset: shop, model: ones },
    });
    assertEquals(await again.evaluate(), test);
    const cases: [string, Partial<typeof ones> | undefined, string, string][] = [
      ["plain", undefined, 'its model "ones" is not a built-in one', 'Set "model" to the model'],
      ["plain", { name: "twos" }, 'with the model "ones", found "twos"', 'Set "model" to'],
      ["hashed", undefined, `the file "ones.ts" (SHA-256 ${source.sha256})`, '"ones.ts" defines'],
      ["hashed", {}, "found a model that no file was imported for", "source: { file, sha256 }"],
      [
        "hashed",
        { source: { ...source, sha256: "b" } },
        "found b",
        "as it was then, or train again",
      ],
    ];
    for (const [run, model, message, nextStep] of cases) {
      const error = await assertRejects(
        () =>
          Recommender.open(`${folder}/${run}`, {
            ...{ gpu, dataset: shop },
            model: model && { ...ones, ...model },
          }),
        UsageError,
        message,
      );
      assertStringIncludes(error.nextStep!, nextStep);
    }
    await using hashed = await Recommender.open(`${folder}/hashed`, {
      ...{ gpu, dataset: shop, model: { ...ones, source } },
    });
    assertEquals(await hashed.evaluate(), test);
    await assertRejects(
      () => Recommender.open(`${folder}/none`),
      DataError,
      "there is no such folder",
    );
  }));

/** Whether a device is closed by now. */
async function isClosed(gpu: Gpu): Promise<boolean> {
  const open = Symbol();
  return await Promise.race([gpu.device.lost, Promise.resolve(open)]) !== open;
}

Deno.test("a recommender gives back its memory, and the device that it opened and no other", async () => {
  const gpu = await openGpu("auto");
  try {
    // What the device keeps for readbacks is there before.
    await waitForDevice(gpu.device);
    const buffers = new Set<GPUBuffer>();
    const createBuffer = gpu.device.createBuffer.bind(gpu.device);
    gpu.device.createBuffer = (descriptor) => {
      const buffer = createBuffer(descriptor);
      buffers.add(buffer);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        buffers.delete(buffer);
        destroy();
      };
      return buffer;
    };
    {
      await using model = await train(shop, "bpr", { ...small, gpu });
      await model.recommend([userId(1)]);
      assert(buffers.size > 0);
    }
    assertEquals(buffers.size, 0);
    // A training that fails leaves nothing either.
    const signal = AbortSignal.abort();
    await assertRejects(() => train(shop, "bpr", { ...small, gpu, signal }), InterruptedError);
    assertEquals(buffers.size, 0);
    assertEquals(await isClosed(gpu), false);
  } finally {
    gpu.close();
  }
  const own = await train(shop, "popularity");
  await own.recommend([userId(1)]);
  await own[Symbol.asyncDispose]();
  await own.gpu.device.lost;
});

Deno.test("a model that cannot be loaded is told once, by the question and not by the end", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const features = { name: "text", rows: 60, columns: 4, values: new Float32Array(240).fill(1) };
    const dataset = { ...shop, modalities: [features] };
    await using model = await train(dataset, "vbpr", { ...small, gpu });
    await model.save(`${folder}/run`);
    await Deno.truncate(`${folder}/run/best.safetensors`, 100);
    const ask = async () => {
      await using opened = await Recommender.open(`${folder}/run`, { gpu, dataset });
      await opened.recommend([userId(0)]);
    };
    await assertRejects(ask, DataError, "best.safetensors");
  }));

Deno.test("the library listens to no signal and sets no variable of the environment", async () => {
  const environment = Deno.env.toObject();
  const listened: string[] = [];
  const { addSignalListener } = Deno;
  Deno.addSignalListener = (signal) => void listened.push(signal);
  try {
    await using model = await train(shop, "bpr", small);
    await model.recommend([userId(0)]);
  } finally {
    Deno.addSignalListener = addSignalListener;
  }
  assertEquals(listened, []);
  assertEquals(Deno.env.toObject(), environment);
});
