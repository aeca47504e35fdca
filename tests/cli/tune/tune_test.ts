import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { runTune } from "../../../cli/tune/run_tune.ts";
import { tuneCommand } from "../../../cli/tune/tune_command.ts";
import { BandpassError } from "../../../errors.ts";
import { Workshop } from "../durability.ts";
import { runScript } from "../run_cli.ts";
import { withOwnIds } from "../own_ids.ts";
import { killedTune, tuneTables } from "./killed_tune.ts";

const models = ["--models", "popularity,gfcf,vbpr"];
const short = ["--epochs", "2", "--seeds", "2"];
const tune = (...args: string[]) => ["tune", "--dataset", "tiny", ...models, ...short, ...args];

Deno.test("tune that is killed twice, each time in a write, ends with the bytes of one that was not", async () => {
  await using shop = await Workshop.open();
  await shop.preprocess();
  const whole = await shop.run(tune("--trials", "7", "--name", "whole"));
  assertEquals(whole.code, 0, whole.stderr);
  assertStringIncludes(whole.stdout, "Tuned on tiny: 7 trials\n");
  assertStringIncludes(whole.stdout, "Finalists, chosen by validation and then tested once:");
  assertStringIncludes(whole.stdout, "test: full ranking of all items");
  assertStringIncludes(
    whole.stderr,
    "Next: ./bandpass train --dataset tiny --preset runs/whole/preset.json",
  );
  const writes = Number(/writes (\d+)/.exec(whole.stderr)![1]);
  const kills = [Math.floor(writes / 4), Math.floor(writes / 4)];
  const killed = await killedTune(shop, tune("--trials", "7", "--name", "killed"), kills);
  assertEquals(killed, 2);
  assertEquals(await tuneTables(shop, "killed"), await tuneTables(shop, "whole"));
  assertEquals(await shop.leftovers("runs/killed"), []);

  // The same command says again what was found; other arguments are refused, as is a name that a run has.
  const again = await shop.run(tune("--trials", "7", "--name", "killed", "--json"));
  const report = JSON.parse(again.stdout);
  assertEquals([report.tune, report.trials, report.preset], [
    "runs/killed",
    7,
    "runs/killed/preset.json",
  ]);
  const other = await shop.run(tune("--trials", "6", "--name", "killed"));
  assertEquals(other.code, 2);
  assertStringIncludes(other.stderr, "other arguments: trials 7, now 6");
  assertStringIncludes(other.stderr, "or another name: --name NAME");

  const list = await shop.run(["runs", "--json"]);
  const [first] = JSON.parse(list.stdout).runs.toSorted((
    a: { run: string },
    b: { run: string },
  ) => a.run < b.run ? -1 : 1);
  assertEquals([first.run, first.model, first.status], ["runs/killed", "tune", "finished"]);
  assertEquals(first.settings, { trials: 7, best: report.finalists[0].model });
  assert(first.test["recall@20"] >= 0);
  const evaluated = await shop.run(["evaluate", "runs/killed/trials/0001", "--json"]);
  assertEquals(evaluated.code, 0, evaluated.stderr);
  const removed = await shop.run(["runs", "--remove", "killed", "--yes"]);
  assertEquals(removed.code, 0, removed.stderr);

  const only = ["tune", "--dataset", "tiny", "--models", "popularity"];
  const few = await shop.run([...only, "--trials", "3", "--name", "few"]);
  assertStringIncludes(
    few.stderr,
    "3 trials asked for: there are no more than 1 to try of popularity",
  );

  const preset = ["train", "--dataset", "tiny", "--preset", "runs/whole/preset.json"];
  const trained = await shop.run([...preset, "--dry-run"]);
  assertEquals(trained.code, 0, trained.stderr);
  assertStringIncludes(trained.stderr, "preset runs/whole/preset.json");
  assertStringIncludes(trained.stderr, "found on tiny: the best of 7 trials of up to 2 epochs");
  const text = await Deno.readTextFile(`${shop.folder}/runs/whole/preset.json`);
  const file = `${shop.folder}/other.json`;
  await Deno.writeTextFile(file, text.replace(/"data_sha256": "../, '"data_sha256": "zz'));
  const foreign = await shop.run([...preset.slice(0, -1), file, "--dry-run"]);
  assertStringIncludes(foreign.stderr, 'was found on "tiny", whose data differ from "tiny"');
});

/** What a command line is refused with, in this process. */
async function refusal(...args: string[]): Promise<BandpassError> {
  const command = tuneCommand(runTune);
  return await assertRejects(() => command.parseAsync(args, { from: "user" }), BandpassError);
}

Deno.test("tune refuses what cannot be tuned, with what to do instead", async () => {
  const folder = await Deno.makeTempDir();
  const narrow = `${folder}/narrow.json`;
  await Deno.writeTextFile(narrow, '{"gfcf": {"alpha": {"choices": [1, 2]}}}');
  const cases: [args: string[], code: number, message: string][] = [
    [["--trials", "0"], 2, 'Cannot use --trials "0": expected an integer from 1 to'],
    [["--minutes", "0"], 2, "there is no time for a trial"],
    [["--trials", "3", "--minutes", "3"], 2, "each says how long the tune is"],
    [["--models", "bpr,,ease"], 2, "a name is empty"],
    [["--models", "bpr,bpr"], 2, '"bpr" stands twice'],
    [["--models", "brp"], 2, 'Unknown model "brp"'],
    [["--models", "blend"], 2, 'Unknown model "blend"'],
    [["--space", `${folder}/none.json`], 3, "none.json"],
    [["--models", "bpr", "--space", narrow], 2, 'the space of "gfcf"'],
    [["--name", "../x"], 2, "Cannot use --name"],
    [["--name", "last"], 2, "the word for the newest run"],
    [["--dataset", "absent"], 3, "absent"],
  ];
  for (const [args, code, message] of cases) {
    const error = await refusal(...args);
    assertEquals(error.exitCode, code, `${args}: ${error.message}`);
    assertStringIncludes(error.message, message);
    assert(error.nextStep !== undefined, message);
    // Without --trials it is minutes that bound a tune.
    assert(args[0] !== "--trials" || !/default is/.test(String(error.nextStep)));
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("tune prints its spaces as a file that it takes", async () => {
  const folder = await Deno.makeTempDir();
  const list = (...args: string[]) =>
    runScript("cli/main.ts", ["tune", "--models", "bpr,ease", "--list-space", ...args]);
  const { stdout } = await list();
  assertEquals(Object.keys(JSON.parse(stdout)), ["bpr", "ease"]);
  await Deno.writeTextFile(`${folder}/space.json`, stdout);
  assertEquals((await list("--space", `${folder}/space.json`)).stdout, stdout);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("tune prints the spaces of what a dataset without features allows", () =>
  withOwnIds(async (_run, folder) => {
    const listed = (...args: string[]) =>
      runScript("cli/main.ts", [
        ...["tune", "--list-space", "--dataset", "shop", "--data-dir", folder, ...args],
      ]);
    const spaces = JSON.parse((await listed()).stdout);
    assert("bpr" in spaces && "ease" in spaces && !("mmgf" in spaces));
    const refused = await listed("--models", "bpr,mmgf");
    assertEquals([refused.code, refused.stdout], [3, ""]);
    assertStringIncludes(refused.stderr, 'Cannot tune "mmgf" on "shop"');
  }));
