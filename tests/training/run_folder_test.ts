import { assertEquals, assertRejects } from "@std/assert";
import { BandpassError, DataError, UsageError } from "../../errors.ts";
import { configurationText } from "../../training/configuration.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { madeRecord } from "./records.ts";

/** A new folder with what is asked, as the working directory while it is used. */
async function within(folders: string[], use: (directory: string) => Promise<void>) {
  const [directory, before] = [await Deno.makeTempDir(), Deno.cwd()];
  try {
    for (const folder of folders) await Deno.mkdir(`${directory}/${folder}`, { recursive: true });
    Deno.chdir(directory);
    await use(directory);
  } finally {
    Deno.chdir(before);
    await Deno.remove(directory, { recursive: true });
  }
}

const namesIn = (path: string) => Array.from(Deno.readDirSync(path), ({ name }) => name).sort();

Deno.test("RunFolder.create() makes the folder it is told and those above it, and no other", () =>
  within([], async (directory) => {
    for (const path of ["mine", "runs/a/b", "runs/c/", `${directory}/d`, "./e", "f//"]) {
      await RunFolder.create(path, madeRecord(), { deno: "x" });
      assertEquals(namesIn(path), ["config.json", "environment.json", "run.json"], path);
    }
    assertEquals(namesIn("."), ["d", "e", "f", "mine", "runs"]);
    assertEquals(namesIn("runs"), ["a", "c"]);
    const { configuration } = madeRecord();
    assertEquals(await new RunFolder("mine").configuration(), configurationText(configuration));
    assertEquals((await RunFolder.open("mine")).record, madeRecord());
  }));

Deno.test("RunFolder.create() refuses a folder that exists", () =>
  within(["mine"], async () => {
    await assertRejects(
      () => RunFolder.create("mine", madeRecord(), {}),
      UsageError,
      '"mine" already exists',
    );
    assertEquals(namesIn("mine"), []);
  }));

/** What is said of a path without a run. */
async function toldOf(path: string): Promise<string[]> {
  const error = await assertRejects(() => new RunFolder(path).configuration(), DataError);
  return [error.message, (error as DataError).nextStep!];
}

Deno.test("configuration() says what is where a run was looked for", () =>
  within(["first", "second", "notes/a", "full", "bare"], async (directory) => {
    for (const run of ["first", "second"]) Deno.writeTextFileSync(`${run}/config.json`, "{}");
    Deno.writeTextFileSync("full/a.csv", "");
    const missing = "there is no such folder";
    const cases = [
      ["elsewhere", missing, 'Give the folder of a run; "." has the runs first, second'],
      ["firs", missing, 'Did you mean "first"?'],
      [`${directory}/secnod`, missing, `Did you mean "${directory}/second"?`],
      ["no/such/run", missing, 'Give the folder of a run; there is no folder "no/such"'],
      ["notes/b", missing, 'Give the folder of a run; "notes" has no runs, only the folder a'],
      ["full/b", missing, 'Give the folder of a run; "full" has no runs, only 1 file'],
      ["bare/b", missing, 'Give the folder of a run; "bare" is empty'],
      ["first/config.json", "it is a file", 'Give the folder of a run: "first"'],
      ["full/a.csv", "it is a file", "Give the folder of a run"],
      [
        "notes",
        "there is no config.json in it",
        'Give the folder of a run; "." has the runs first, second',
      ],
      [
        directory,
        "there is no config.json in it",
        `Give the folder of a run; "${directory}" has the runs first, second`,
      ],
    ];
    for (const [path, what, nextStep] of cases) {
      assertEquals(await toldOf(path), [`Cannot open the run "${path}": ${what}`, nextStep]);
    }
    for (let n = 10; n < 22; n++) Deno.mkdirSync(`bare/${n}`);
    const names = "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, … (12 in total)";
    assertEquals(
      (await toldOf("bare/b"))[1],
      `Give the folder of a run; "bare" has no runs, only the folders ${names}`,
    );
  }));

/** A checkpoint of one number, of an epoch. */
const checkpoint = (epoch: number) => ({
  metadata: { epoch: String(epoch) },
  tensors: new Map([["x", { type: "F32", shape: [1] } as const]]),
  blocks: [new Uint8Array(new Float32Array([epoch]).buffer)],
});

const madeLine = (epoch: number) => ({
  ...{ epoch, loss: 0.5, terms: {}, validation: { "recall@20": 0.25 }, seconds: 2 },
});

const bestEpoch = async (run: RunFolder) => {
  using best = await run.openCheckpoint("best");
  return best.metadata.epoch;
};

Deno.test("returnToBest() gives the best parameters that the last state knows", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    await run.writeCheckpoint("best", checkpoint(3));
    await run.writeCheckpoint("last", checkpoint(5));
    for (const epoch of [6, 7]) await run.writeCheckpoint("best", checkpoint(epoch));
    assertEquals(await bestEpoch(run), "7");
    // Killed here: the state of epoch 5 goes on with the best of epoch 3.
    await run.returnToBest(3);
    assertEquals(await bestEpoch(run), "3");
    await run.writeCheckpoint("best", checkpoint(6));
    await run.writeCheckpoint("last", checkpoint(6));
    await run.returnToBest(6);
    assertEquals(namesIn("mine").filter((name) => name.startsWith("best")), ["best.safetensors"]);
    await assertRejects(() => run.returnToBest(4), DataError, "holds epoch 6");
    // Killed between moving the former one aside and writing the better one.
    await Deno.rename("mine/best.safetensors", "mine/best.former.safetensors");
    assertEquals(await bestEpoch(run), "6");
  }));

Deno.test("openCheckpoint() refuses a checkpoint of another run", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    const other = await RunFolder.create("other", madeRecord({ interactions: "7" }), {});
    await other.writeCheckpoint("best", checkpoint(1));
    await Deno.copyFile("other/best.safetensors", "mine/best.safetensors");
    await assertRejects(() => run.openCheckpoint("best"), DataError, "it belongs to another run");
  }));

Deno.test("openCheckpoint() refuses a checkpoint whose run.json is missing", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    await run.writeCheckpoint("best", checkpoint(1));
    await Deno.remove("mine/run.json");
    const unbound = await RunFolder.open("mine");
    await assertRejects(() => unbound.openCheckpoint("best"), DataError, "which is missing");
  }));

Deno.test("hasCheckpoint() refuses a run that has lost its state, which would start again", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    assertEquals(await run.hasCheckpoint("last"), false);
    // Killed in the first epoch, between its files.
    await run.writeCheckpoint("best", checkpoint(1));
    await run.writeMetrics([madeLine(1)]);
    assertEquals(await run.hasCheckpoint("last"), false);
    await run.writeMetrics([madeLine(1), madeLine(2)]);
    await assertRejects(() => run.hasCheckpoint("last"), DataError, "has done 2 epochs");
    await Deno.remove("mine/metrics.jsonl");
    await run.writeCheckpoint("best", checkpoint(3));
    await assertRejects(() => run.hasCheckpoint("last"), DataError, "has done 3 epochs");
  }));

Deno.test("RunFolder.open() refuses a record that is not what was written", () =>
  within([], async () => {
    await RunFolder.create("mine", madeRecord(), {});
    const text = await Deno.readTextFile("mine/run.json");
    await Deno.writeTextFile("mine/run.json", text.replace('"seed": 0', '"seed": 1'));
    await assertRejects(() => RunFolder.open("mine"), DataError, '"mine/run.json"');
  }));

Deno.test("metrics() refuses a line whose digit was changed", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    await run.writeMetrics([madeLine(1), madeLine(2), madeLine(3)]);
    assertEquals(await run.metrics(2), [madeLine(1), madeLine(2)]);
    const text = await Deno.readTextFile("mine/metrics.jsonl");
    await Deno.writeTextFile(
      "mine/metrics.jsonl",
      text.replace('"epoch":2,"loss":0.5', '"epoch":2,"loss":0.7'),
    );
    assertEquals(await run.metrics(1), [madeLine(1)]);
    await assertRejects(() => run.metrics(2), DataError, "line 2 has changed since it was written");
  }));

Deno.test("lock() lets one process at a time train a run, and says who does", () =>
  within([], async () => {
    const run = await RunFolder.create("mine", madeRecord(), {});
    // A former owner that was killed has left its name, and no lock.
    await Deno.writeTextFile("mine/owner.json", '{"process": 1}');
    {
      await using _lock = await run.lock();
      const again = await RunFolder.open("mine");
      await assertRejects(() => again.lock(), BandpassError, `process ${Deno.pid}, since`);
    }
    assertEquals(namesIn("mine").includes("owner.json"), false);
    await (await run.lock())[Symbol.asyncDispose]();
  }));
