import { assertEquals, assertStringIncludes } from "@std/assert";
import { listRuns, type SortKey, sortRuns } from "../../../cli/runs/list_runs.ts";
import { runsText, scoresNote } from "../../../cli/runs/runs_text.ts";
import { makeRun, withFolder, writeState } from "./made_runs.ts";

Deno.test("listRuns() tells of each run what it is, how it ended, and how good it is", () =>
  withFolder(async (folder) => {
    const scores = [0.1, 0.3, 0.2];
    const options = { dataset: "baby", seed: "7" };
    await makeRun(`${folder}/a`, { options, scores, status: "finished", test: 0.25 });
    await makeRun(`${folder}/b`, { scores, status: "interrupted", settings: { dim: "32" } });
    await makeRun(`${folder}/c`, { status: "diverged" });
    await makeRun(`${folder}/d`, { scores: [0.1], status: "failed" });
    const runs = await listRuns(folder);
    assertEquals(
      runs.map((
        { name, model, dataset, seed, settings, status, epochs },
      ) => [name, model, dataset, seed, settings, status, epochs]),
      [
        ["a", "bpr", "baby", 7, {}, "finished", 3],
        ["b", "bpr", "sample", 0, { dim: 32 }, "interrupted", 3],
        ["c", "bpr", "sample", 0, {}, "diverged", 0],
        ["d", "bpr", "sample", 0, {}, "failed", 1],
      ],
    );
    const [{ best_epoch, validation, test, seconds, bytes, modified }, second] = runs;
    assertEquals([best_epoch, validation, test], [2, { "recall@20": 0.3 }, { "recall@20": 0.25 }]);
    assertEquals(seconds, 6);
    assertEquals([second.validation, second.test], [{ "recall@20": 0.3 }, undefined]);
    const sizes = Array.from(
      Deno.readDirSync(`${folder}/a`),
      ({ name }) => Deno.statSync(`${folder}/a/${name}`).size,
    );
    assertEquals(bytes, sizes.reduce((sum, size) => sum + size));
    assertEquals(Math.abs(Date.now() - modified) < 60_000, true);
    assertEquals(await listRuns(`${folder}/none`), []);
  }));

Deno.test("listRuns() says of a run that finished without a look at test that it is untested", () =>
  withFolder(async (folder) => {
    await makeRun(`${folder}/a`, { scores: [0.1], status: "finished" });
    await makeRun(`${folder}/b`, { scores: [0.1], status: "finished", test: 0.2 });
    await makeRun(`${folder}/c`, { scores: [0.1], status: "interrupted" });
    const runs = await listRuns(folder);
    assertEquals(runs.map(({ untested }) => untested), [true, undefined, undefined]);
    const [, ...lines] = runsText(runs, Date.now()).split("\n");
    const cells = lines.map((line) => /0\.1000 +(\S+)/.exec(line)?.[1]);
    assertEquals(cells.slice(0, 3), ["untested", "0.2000", "-"]);
  }));

Deno.test("listRuns() derives what it can of runs without a result", () =>
  withFolder(async (folder) => {
    const scores = [0.1, 0.3, 0.2];
    await makeRun(`${folder}/begun`);
    const killed = await makeRun(`${folder}/killed`, { scores });
    await writeState(killed, 3, 2, 1000);
    const whole = await makeRun(`${folder}/whole`, { scores });
    await writeState(whole, 3, 2, 3);
    // It went on for more epochs than it was begun with.
    const longer = await makeRun(`${folder}/longer`, { scores, options: { epochs: "2" } });
    await writeState(longer, 3, 2, 9);
    const stopped = await makeRun(`${folder}/stopped`, { scores, settings: { patience: "0" } });
    await writeState(stopped, 3, 2, 1000);
    const computed = await makeRun(`${folder}/computed`, {
      ...{ options: { model: "popularity" }, scores: [0.2] },
    });
    await Deno.remove(computed.checkpointPath("best"));
    const torn = await makeRun(`${folder}/torn`, { scores });
    await writeState(torn, 3, 2, 1000);
    const text = await Deno.readTextFile(`${torn.path}/metrics.jsonl`);
    await Deno.writeTextFile(`${torn.path}/metrics.jsonl`, text.slice(0, -30));
    const found = await listRuns(folder);
    assertEquals(
      found.map((
        { name, status, epochs, best_epoch, validation },
      ) => [name, status, epochs, best_epoch, validation?.["recall@20"]]),
      [
        ["begun", "interrupted", 0, undefined, undefined],
        ["computed", "finished", 1, 1, 0.2],
        ["killed", "interrupted", 3, 2, 0.3],
        ["longer", "interrupted", 3, 2, 0.3],
        ["stopped", "finished", 3, 2, 0.3],
        ["torn", "interrupted", 2, 2, 0.3],
        ["whole", "finished", 3, 2, 0.3],
      ],
    );
  }));

Deno.test("listRuns() knows a run that is being trained, whatever a former session left", () =>
  withFolder(async (folder) => {
    const run = await makeRun(`${folder}/a`, { scores: [0.1, 0.2], status: "interrupted" });
    {
      await using _lock = await run.lock();
      const [{ status, epochs, validation }] = await listRuns(folder);
      assertEquals([status, epochs, validation], ["running", 2, { "recall@20": 0.2 }]);
    }
    assertEquals((await listRuns(folder))[0].status, "interrupted");
    // To look whether a run is trained keeps nobody from training it.
    const listing = Promise.all(Array.from({ length: 20 }, () => listRuns(folder)));
    await using _lock = await run.lock();
    await listing;
  }));

Deno.test("listRuns() goes on after a run that it cannot read, and passes over what is none", () =>
  withFolder(async (folder) => {
    await makeRun(`${folder}/a`, { status: "finished", scores: [0.1] });
    await makeRun(`${folder}/b`);
    await Deno.writeTextFile(`${folder}/b/config.json`, "{");
    await Deno.mkdir(`${folder}/notes`);
    await Deno.writeTextFile(`${folder}/a.txt`, "");
    await makeRun(`${folder}/c.0123456789abcdef.tmp`);
    const [a, b, ...others] = await listRuns(folder);
    assertEquals([a.status, b.status, others], ["finished", "unreadable", []]);
    assertStringIncludes(b.problem!.message, "b/config.json");
  }));

Deno.test("listRuns() names all settings of a model of the user's own", () =>
  withFolder(async (folder) => {
    const run = await makeRun(`${folder}/a`, { settings: { dim: "32" } });
    const path = `${run.path}/config.json`;
    const configuration = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(
      path,
      JSON.stringify({
        ...configuration,
        model: "mine",
        model_file: "mine.ts",
        settings: { a: 1 },
      }),
    );
    const [{ model, settings }] = await listRuns(folder);
    assertEquals([model, settings], ["mine", { a: 1 }]);
  }));

Deno.test("sortRuns() puts the newest, the best and the largest first, and what is not known last", () =>
  withFolder(async (folder) => {
    await makeRun(`${folder}/a`, { scores: [0.1], test: 0.3, status: "finished" });
    const killed = await makeRun(`${folder}/b`, { scores: [0.4], options: { seed: "1" } });
    await writeState(killed, 1, 1, 1000);
    await makeRun(`${folder}/c`, { scores: [0.2], test: 0.1, status: "finished" });
    const runs = (await listRuns(folder)).map((run, n) => ({ ...run, modified: n, bytes: 9 - n }));
    const sorted = (key: SortKey) => sortRuns(runs, key).map(({ name }) => name).join("");
    assertEquals(
      (["age", "name", "valid", "test", "seed", "size", "status", "model"] as const).map(sorted),
      ["cba", "abc", "bca", "acb", "acb", "abc", "acb", "abc"],
    );
  }));

Deno.test("runsText() fits a terminal: columns are shortened or leave, and names stay whole", () =>
  withFolder(async (folder) => {
    const settings = { dim: "32", reg: "0.5", batch: "512", learning_rate: "0.005" };
    const scores = [0.1234, 0.2];
    await makeRun(`${folder}/shop-bpr-0`, { scores, test: 0.1, status: "finished", settings });
    await makeRun(`${folder}/other`, { scores, status: "interrupted" });
    const runs = await listRuns(folder);
    const now = runs[0].modified + 3 * 3600_000;
    const lines = (width?: number) => runsText(runs, now, width).trimEnd().split("\n");
    assertEquals(lines(), [
      "run         dataset  model  seed  changed settings                               valid" +
      "    test  status          age     size",
      "other       sample   bpr       0  -                                             0.2000" +
      `       -  interrupted @2  3 h  ${sizeOf(runs[0].bytes)}`,
      "shop-bpr-0  sample   bpr       0  learning_rate=0.005 batch=512 dim=32 reg=0.5  0.2000" +
      `  0.1000  done            3 h  ${sizeOf(runs[1].bytes)}`,
    ]);
    for (const width of [120, 100, 80, 60, 50]) {
      for (const line of lines(width)) {
        assertEquals(line.length <= width, true, `${width}: ${line}`);
      }
    }
    assertEquals(lines(80), [
      "run         model  changed settings         valid    test  status          age",
      "other       bpr    -                       0.2000       -  interrupted @2  3 h",
      "shop-bpr-0  bpr    learning_rate=0.005 +3  0.2000  0.1000  done            3 h",
    ]);
    assertStringIncludes(lines(115)[2], "learning_rate=0.005 batch=512 +2");
    // There is no room for a name beside what has to be shown.
    assertEquals(lines(50)[4], "shop-bpr-0");
  }));

Deno.test("runsText() marks the validation of a sample of users beside that of others", () =>
  withFolder(async (folder) => {
    const made = async (name: string, eval_users?: string, dataset = "sample") => {
      const options = { dataset, ...eval_users !== undefined && { eval_users } };
      await makeRun(`${folder}/${name}`, { options, scores: [0.2], status: "finished" });
    };
    await made("drawn", "500");
    await made("other", "100", "baby");
    const validOf = async () => {
      const runs = await listRuns(folder);
      const lines = runsText(runs, Date.now()).trimEnd().split("\n").slice(1);
      return [scoresNote(runs), ...lines.map((line) => /\S*0\.2000/.exec(line)?.[0])];
    };
    const note = "valid, test: Recall@20 of the best epoch";
    assertEquals(await validOf(), [note, "0.2000", "0.2000"]);
    await made("whole");
    assertEquals(await validOf(), [
      `${note}; * of a sample of the users (eval_users), which cannot be compared with others`,
      ...["*0.2000", "0.2000", "0.2000"],
    ]);
  }));

/** A size as the table has it, of runs of some kibibytes. */
function sizeOf(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
