import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { exists } from "../../../data/exists.ts";
import { type Outcome, projectFolder } from "../run_cli.ts";
import { makeRun, withFolder } from "./made_runs.ts";

/** `runs` in a project whose runs lie in another folder than ours. */
async function runs(folder: string, ...args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "--quiet",
        "--no-prompt",
        "--allow-env=INIT_CWD",
        `--allow-read=${projectFolder},.`,
      ],
      ...["--allow-write=runs", `${projectFolder}cli/main.ts`, "runs", ...args],
    ],
    cwd: folder,
    env: { NO_COLOR: "1", INIT_CWD: projectFolder },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** A folder with some runs. */
function withRuns(use: (folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const made = { scores: [0.1], status: "finished", test: 0.2 } as const;
    for (const name of ["shop-a", "shop-b", "other"]) await makeRun(`${folder}/runs/${name}`, made);
    await use(folder);
  });
}

const names = (folder: string) =>
  Array.from(Deno.readDirSync(`${folder}/runs`), ({ name }) => name).sort();

/** The message of a refusal, after which all runs are there. */
async function refusal(folder: string, exit: number, ...args: string[]): Promise<string> {
  const before = names(folder);
  const { code, stdout, stderr } = await runs(folder, ...args);
  assertEquals([code, stdout], [exit, ""], stderr);
  assertEquals(names(folder), before);
  return stderr;
}

Deno.test("runs lists runs on stdout, as JSON too", () =>
  withRuns(async (folder) => {
    const { code, stdout, stderr } = await runs(folder, "--sort", "name");
    assertEquals([code, stderr], [0, "valid, test: Recall@20 of the best epoch\n"]);
    assertEquals(
      stdout.split("\n").map((line) => line.split(" ")[0]),
      ["run", "other", "shop-a", "shop-b", ""],
    );
    const json = await runs(folder, "shop-?", "--json", "--sort=name");
    assertEquals([json.code, json.stderr], [0, ""]);
    const [first, second, ...others] = JSON.parse(json.stdout).runs;
    assertEquals([first.run, second.run, others], ["runs/shop-a", "runs/shop-b", []]);
    assertEquals(
      [first.status, first.model, first.seed, first.settings, first.test],
      ["finished", "bpr", 0, {}, { "recall@20": 0.2 }],
    );
    assertMatch(first.modified, /^\d{4}-\d\d-\d\dT/);
  }));

Deno.test("runs says what to do where there are none, and what there are", () =>
  withRuns(async (folder) => {
    assertStringIncludes(
      await refusal(folder, 2, "shp-a"),
      'Cannot find the run "shp-a" in "runs"\n  next: Did you mean "shop-a"?',
    );
    const dataset = await refusal(folder, 2, "--dataset", "smaple");
    assertStringIncludes(dataset, 'found runs on "sample"\n  next: Did you mean "sample"?');
    await Deno.remove(`${folder}/runs`, { recursive: true });
    const none = await runs(folder);
    assertEquals([none.code, none.stdout], [0, ""]);
    assertStringIncludes(none.stderr, 'no runs yet in "runs"\n  next: ./bandpass train');
    assertEquals(JSON.parse((await runs(folder, "--json")).stdout), { runs: [] });
  }));

Deno.test("runs --remove removes the runs that are named, by name, path or glob", () =>
  withRuns(async (folder) => {
    const remove = ["--remove", "shop-*", "--yes", "--sort=name"];
    const { code, stdout, stderr } = await runs(folder, ...remove);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^Removed shop-a \(.* KiB\)\nRemoved shop-b \(.* KiB\)\n$/);
    assertEquals(names(folder), ["other"]);
    const json = await runs(folder, "runs/other/", "--remove", "--yes", "--json");
    assertEquals(JSON.parse(json.stdout).removed, ["other"]);
    assertEquals(names(folder), []);
  }));

Deno.test("runs --remove takes nothing but * and ? for a pattern, and a run's own name for it alone", () =>
  withRuns(async (folder) => {
    for (const name of ["a1", "a[1]", "a.1", "star*", "starred"]) {
      await Deno.mkdir(`${folder}/runs/${name}`);
      for (const file of ["config.json", "run.json", "best.safetensors"]) {
        const from = `${folder}/runs/other/${file}`;
        if (await exists(from)) await Deno.copyFile(from, `${folder}/runs/${name}/${file}`);
      }
    }
    const removed = async (name: string) =>
      JSON.parse((await runs(folder, name, "--remove", "--yes", "--json")).stdout).removed;
    assertEquals(await removed("a[1]"), ["a[1]"]);
    assertEquals(await removed("star*"), ["star*"]);
    assertStringIncludes(await refusal(folder, 2, "[as]*", "--remove", "--yes"), "Cannot find");
    assertEquals(await removed("a?1"), ["a.1"]);
    assertEquals(await removed("sta*"), ["starred"]);
    assertEquals(names(folder), ["a1", "other", "shop-a", "shop-b"]);
  }));

Deno.test("runs --remove removes nothing where it cannot ask, or may not", () =>
  withRuns(async (folder) => {
    const ask = await refusal(folder, 2, "--remove", "shop-a");
    assertStringIncludes(ask, "there is no terminal\n  next: Add --yes");
    assertStringIncludes(await refusal(folder, 2, "--remove"), "without their names");
    assertStringIncludes(await refusal(folder, 2, "--yes"), "it would have no effect");
    const elsewhere = await refusal(folder, 2, "--remove", "/tmp/shop-a", "--yes");
    assertStringIncludes(elsewhere, 'it is not in "runs"');
    await Deno.mkdir(`${folder}/runs/notes`);
    const notes = await refusal(folder, 2, "--remove", "notes", "--yes");
    assertStringIncludes(notes, '"runs/notes" is not a run, as it has no config.json');
    await Deno.writeTextFile(`${folder}/runs/notes/config.json`, '{"model": "bpr"}');
    const lone = await refusal(folder, 1, "--remove", "notes", "--yes");
    assertStringIncludes(lone, "config.json is the only file of a run");
    // One that may not be removed keeps the others too.
    await Deno.writeTextFile(`${folder}/runs/shop-b/notes.md`, "");
    const foreign = await refusal(folder, 1, "--remove", "shop-*", "--yes");
    assertStringIncludes(foreign, 'it also holds "notes.md", which training did not write');
  }));

Deno.test("runs --remove leaves a run that is trained, and what a link leads to", () =>
  withRuns(async (folder) => {
    const run = await makeRun(`${folder}/runs/going`, { scores: [0.1] });
    {
      await using _lock = await run.lock();
      const { stdout } = await runs(folder, "going");
      assertStringIncludes(stdout, "running @1");
      const busy = await refusal(folder, 1, "--remove", "going", "--yes");
      assertStringIncludes(busy, "a process is training it");
    }
    await Deno.rename(run.path, `${folder}/elsewhere`);
    await Deno.symlink("../elsewhere", `${folder}/runs/going`);
    const link = await refusal(folder, 1, "--remove", "going", "--yes");
    assertStringIncludes(link, "a link to a run elsewhere");
    assert(await exists(`${folder}/elsewhere/config.json`));
  }));

Deno.test("runs --remove takes away a damaged run, and what a killed process left in one", () =>
  withRuns(async (folder) => {
    await Deno.writeTextFile(`${folder}/runs/shop-a/run.json`, "{");
    await Deno.writeTextFile(`${folder}/runs/shop-b/last.safetensors.0123456789abcdef.tmp`, "");
    const { code, stderr } = await runs(folder, "--remove", "shop-*", "--yes");
    assertEquals([code, stderr, names(folder)], [0, "", ["other"]]);
  }));
