import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../data/folder.ts";
import { writeDataset } from "../../data/ingest/write_dataset.ts";
import { DataError, UsageError } from "../../errors.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { assertSameMachine } from "../../recommender/same_run.ts";
import { train } from "../../recommender/train.ts";
import { madeRecord } from "../training/records.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const gpu = await testGpu();

/** A dataset of four users in a folder, and a run of popularity on it. */
async function withRun(
  use: (
    run: string,
    directory: string,
    write: (rows: Partial<typeof shop>) => Promise<void>,
  ) => Promise<void>,
) {
  const directory = await Deno.makeTempDir();
  const write = (changes: Partial<typeof shop>) =>
    writeDataset(`${directory}/shop`, { ...shop, ...changes }, true);
  try {
    await write({});
    const run = `${directory}/run`;
    const dataset = await readDataset(`${directory}/shop`);
    await (await train(dataset, "popularity", { gpu, run }))[Symbol.asyncDispose]();
    await use(run, directory, write);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const shop = {
  name: "shop",
  rows: {
    start: Uint32Array.of(0, 3, 6, 8, 10),
    items: Uint32Array.of(0, 1, 2, 0, 2, 3, 1, 3, 0, 1),
  },
  labels: Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 0, 0, 0),
  userIds: ["ann", "bob", "cy", "di"],
  itemIds: ["w", "x", "y", "z"],
  modalities: [{ name: "image", rows: 4, columns: 1, values: Float32Array.of(1, 2, 3, 4) }],
  description: { name: "shop", made_by: "bandpass 0 preprocess", modalities: [{ name: "image" }] },
};

const notesOf = async (run: string, options: object = {}) => {
  const notes: string[] = [];
  const onNote = (text: string) => notes.push(text);
  await (await Recommender.open(run, { gpu, onNote, ...options }))[Symbol.asyncDispose]();
  return notes;
};

Deno.test("Recommender.open() refuses data that changed, and names the file and both hashes", () =>
  withRun(async (run, directory, write) => {
    assertEquals(await notesOf(run), []);
    const changes: [Partial<typeof shop>, string][] = [
      [
        { rows: { ...shop.rows, items: Uint32Array.of(0, 1, 3, 0, 2, 3, 1, 3, 0, 1) } },
        "shop.inter",
      ],
      [{ userIds: ["bob", "ann", "cy", "di"] }, "users.csv"],
      [{ itemIds: ["w", "x", "z", "y"] }, "items.csv"],
      [
        { modalities: [{ ...shop.modalities[0], values: Float32Array.of(1, 2, 3, 5) }] },
        "image_feat.npy",
      ],
    ];
    for (const [change, file] of changes) {
      await write(change);
      const error = await assertRejects(() => notesOf(run), DataError) as DataError;
      assertStringIncludes(error.message, `"${directory}/shop/${file}" has contents of SHA-256`);
      assertEquals(error.message.match(/ [0-9a-f]{12}…/g)?.length, 2, error.message);
      assertStringIncludes(error.nextStep!, "data_dir");
    }
    await write({ modalities: [] });
    await assertRejects(() => notesOf(run), DataError, 'image_feat.npy" is missing');
    // The same contents in files of another form are the same data.
    await write({});
    const inter = `${directory}/shop/shop.inter`;
    await Deno.writeTextFile(inter, (await Deno.readTextFile(inter)).replaceAll("\n", "\r\n"));
    const [note, ...others] = await notesOf(run);
    assertStringIncludes(note, `"${inter}" was changed`);
    assertEquals(others, []);
  }));

Deno.test("Recommender.open() finds a dataset that moved", () =>
  withRun(async (run, directory) => {
    await Deno.mkdir(`${directory}/new`);
    await Deno.rename(`${directory}/shop`, `${directory}/new/shop`);
    await assertRejects(() => notesOf(run), DataError, "Cannot find the dataset");
    assertEquals(await notesOf(run, { dataDirectory: `${directory}/new` }), []);
  }));

Deno.test("Recommender.open() says that it cannot check the data of a run without a record", () =>
  withRun(async (run) => {
    await Deno.remove(`${run}/run.json`);
    const [note, ...others] = await notesOf(run);
    assertStringIncludes(note, "cannot be checked");
    assertEquals(others, []);
  }));

Deno.test("Recommender.open() refuses settings that were edited, and not where the data lie", () =>
  withRun(async (run, directory) => {
    const path = `${run}/config.json`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace('"seed": 0', '"seed": 7'));
    await assertRejects(() => notesOf(run), UsageError, "seed 7, then 0");
    await Deno.writeTextFile(path, text.replace('  "seed": 0,\n', ""));
    await assertRejects(() => notesOf(run), UsageError, "seed nothing, then 0");
    await Deno.rename(`${directory}/shop`, `${directory}/new`);
    await Deno.mkdir(`${directory}/elsewhere`);
    await Deno.rename(`${directory}/new`, `${directory}/elsewhere/shop`);
    const moved = text.replace(directory, `${directory}/elsewhere`);
    assert(moved !== text);
    await Deno.writeTextFile(path, moved);
    assertEquals(await notesOf(run), []);
  }));

Deno.test("save() binds a run to data that were made in memory", async () => {
  const directory = await Deno.makeTempDir();
  const { folder: _, ...dataset } = await readDataset(`${directory}/sample`);
  await using model = await train(dataset, "bpr", { gpu, epochs: 1, settings: { dim: 8 } });
  const run = `${directory}/run`;
  await model.save(run);
  await using again = await Recommender.open(run, { gpu, dataset });
  assertEquals(await again.recommend([3]), await model.recommend([3]));
  const { users, items } = dataset.train;
  const other = { ...dataset, train: { users, items: items.toReversed() } };
  await assertRejects(() => Recommender.open(run, { gpu, dataset: other }), DataError, ".inter");
  await Deno.remove(directory, { recursive: true });
});

Deno.test("assertSameMachine() refuses to resume with another version or adapter", () => {
  const { bandpass, adapter } = madeRecord();
  assertSameMachine("a", madeRecord(), { bandpass, adapter });
  for (const now of [{ bandpass: "9.9", adapter }, { bandpass, adapter: "another" }]) {
    const found = now.bandpass === "9.9" ? "9.9" : '"another"';
    let message = "";
    try {
      assertSameMachine("a", madeRecord(), now);
    } catch (error) {
      message = (error as Error).message;
    }
    assertStringIncludes(message, `found ${found}`);
  }
});
