import { assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder, runScript } from "./run_cli.ts";

/** The fixture knows one model. */
const run = (command: string, ...args: string[]) => {
  const isOpen = command === "train" && !args.includes("--model") && !args.includes("--resume");
  const model = isOpen ? ["--model", "lightgcn"] : [];
  return runScript("tests/cli/fixture.ts", [command, ...model, ...args]);
};

async function request(
  command: string,
  ...args: string[]
): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run(command, ...args);
  assertEquals(code, 0, stderr);
  return JSON.parse(stdout);
}

async function withConfig(text: string, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

const defaults = {
  dataset: "sample",
  data_dir: "datasets",
  model: "lightgcn",
  seed: 0,
  epochs: 1000,
  adapter: "auto",
  settings: { layers: 2, reg: 1e-4 },
};

/** What of a request is about the screen. */
const screen = { dryRun: false, json: false, allMetrics: false, verbose: false, yardstick: true };

Deno.test("train resolves its configuration, and prints nothing before it trains", async () => {
  const { code, stdout, stderr } = await run("train");
  assertEquals([code, stderr], [0, ""]);
  assertEquals(JSON.parse(stdout), { configuration: defaults, ...screen });
});

Deno.test("train takes flags over the configuration file over the defaults", () =>
  withConfig(
    '{"seed": 7, "epochs": 30, "dataset": "baby", "settings": {"layers": 4, "reg": 0.01}}',
    async (path) => {
      const { configuration, run } = await request(
        "train",
        ...["--config", path, "--set", "reg=1e-3", "--epochs", "9", "--run", "mine-1.0"],
      );
      assertEquals(configuration, {
        ...defaults,
        dataset: "baby",
        seed: 7,
        epochs: 9,
        settings: { layers: 4, reg: 1e-3 },
      });
      assertEquals(run, "mine-1.0");
    },
  ));

Deno.test("train repeats a run from its configuration", async () => {
  const first = await request("train", "--seed", "5", "--set", "layers=3");
  await withConfig(JSON.stringify(first.configuration), async (path) => {
    assertEquals(await request("train", "--config", path), first);
  });
});

Deno.test("train names the file and the nearest key for an unknown key", () =>
  withConfig('{"sed": 7, "settings": {"layers": 4}}', async (path) => {
    const { code, stderr } = await run("train", "--config", path, "--seed", "1");
    assertEquals(code, 2);
    assertEquals(
      stderr,
      `error: Unknown setting "sed" in "${path}"\n  next: Did you mean "seed"?\n`,
    );
  }));

Deno.test("train refuses a configuration file that is missing or malformed", async () => {
  const missing = await run("train", "--config", "/nowhere/my.json");
  assertEquals(missing.code, 3);
  assertStringIncludes(missing.stderr, 'error: Cannot read "/nowhere/my.json": the file');
  for (const text of ["{", "[]", '{"settings": 3}']) {
    await withConfig(text, async (path) => {
      const { code, stderr } = await run("train", "--config", path);
      assertEquals(code, 3, text);
      assertStringIncludes(stderr, `Cannot read "${path}": `);
    });
  }
});

Deno.test("train refuses what it does not know or cannot use", async () => {
  const refusals: [string[], string][] = [
    [["--set", "layer=3"], 'Unknown setting "layer"\n  next: Did you mean "layers"?'],
    [["--set", "layers"], 'Cannot use --set "layers": expected key=value'],
    [["--set", "layers=two"], 'Cannot set "layers": found "two", expected an integer from 0 to 8'],
    [["--set", "reg=1", "--set", "reg=2"], 'Cannot set "reg" twice: found "1" and "2"'],
    [["--seed", "-1"], 'Cannot set "seed": found "-1", expected an integer from 0 to 4294967295'],
    [["--epochs", "0"], 'Cannot set "epochs": found "0", expected an integer of at least 1'],
    [["--adapter", "tpu"], 'Cannot set "adapter": found "tpu", expected one of "auto", "gpu"'],
    [["--model", "lightgnc"], 'Unknown model "lightgnc"\n  next: Did you mean "lightgcn"?'],
    [["--run", "../elsewhere"], 'Cannot use --run "../elsewhere": expected a name'],
    [["--run", ".."], 'Cannot use --run "..": expected a name'],
    [["--run", "last"], 'Cannot use --run "last": that is the word for the newest run'],
    [["--resume", "runs/a", "--seed", "1"], "Cannot use --seed with --resume"],
    [["--resume", "runs/a", "--adapter", "cpu"], "Cannot use --adapter with --resume"],
  ];
  for (const [args, message] of refusals) {
    const { code, stdout, stderr } = await run("train", ...args);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, `error: ${message}`);
  }
});

Deno.test("train takes a run to resume without a configuration", async () => {
  assertEquals(await request("train", "--resume", "runs/a", "--json"), {
    resume: "runs/a",
    ...screen,
    json: true,
  });
});

Deno.test("evaluate and recommend have the defaults of the protocol", async () => {
  assertEquals(await request("evaluate", "--run", "runs/a"), {
    run: "runs/a",
    split: "test",
    mask: "train",
    adapter: "auto",
    json: false,
  });
  assertEquals(await request("recommend", "--run", "runs/a", "--users", "-"), {
    run: "runs/a",
    users: "-",
    topK: 20,
    seen: ["train", "valid", "test"],
    seenIsDefault: true,
    format: "csv",
    out: "-",
    adapter: "auto",
  });
});

Deno.test("recommend refuses a list length that is no integer from 1 to 1000", async () => {
  for (const length of ["0", "1001", "2.5", "many"]) {
    const { code, stderr } = await run("recommend", "--run", "a", "--top-k", length);
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot use --top-k "${length}": expected an integer from 1`);
  }
});

Deno.test("recommend takes the splits to leave out, or none", async () => {
  const seen = async (...args: string[]) =>
    (await request("recommend", "--run", "runs/a", ...args)).seen;
  const all = ["train", "valid", "test"];
  assertEquals(await seen(), all);
  assertEquals(await seen("--exclude-seen"), all);
  assertEquals(await seen("--exclude-seen", "all"), all);
  assertEquals(await seen("--exclude-seen", "train"), ["train"]);
  // trec_eval is to find what was held out.
  assertEquals(await seen("--format", "trec"), ["train"]);
  assertEquals(await seen("--format", "trec", "--exclude-seen", "all"), all);
  assertEquals(await seen("--no-exclude-seen"), []);
});

Deno.test("recommend takes users by name, a table of items and a filter", async () => {
  const found = await request(
    ...["recommend", "--run", "runs/a", "--user", "ann", "--user=bob, the 2nd", "-k", "5"],
    ...["--items", "stock.csv#sku", "--filter", "stock > 0", "--json", "-o", "lists.json"],
  );
  assertEquals(found.user, ["ann", "bob, the 2nd"]);
  assertEquals(found.items, { path: "stock.csv", idColumn: "sku" });
  assertEquals([found.filter, found.topK, found.format], ["stock > 0", 5, "json"]);
  assertEquals(found.out, "lists.json");
});

Deno.test("recommend refuses options that contradict each other", async () => {
  const refusals = [
    [["--users", "a", "--history", "b"], "Cannot use --users with --history"],
    [["--user", "a", "--users", "b"], "Cannot use --user with --users"],
    [["--json", "--format", "csv"], "Cannot use --json with --format"],
    [["--users", "-", "--items", "-"], "Cannot read both --users and --items from stdin"],
    [["--unknown", "guess"], 'Cannot use --unknown "guess": expected error, skip or popular'],
    [["--exclude-seen", "mine"], 'Cannot use --exclude-seen "mine": expected train, '],
  ] as const;
  for (const [args, message] of refusals) {
    const { code, stdout, stderr } = await run("recommend", "--run", "runs/a", ...args);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, message);
  }
});

Deno.test("a run is an argument or an option, and one is needed", async () => {
  assertEquals((await request("evaluate", "runs/a")).run, "runs/a");
  assertEquals((await request("recommend", "last", "--users", "-")).run, "last");
  for (const command of ["evaluate", "recommend"]) {
    const { code, stdout, stderr } = await run(command);
    assertEquals([code, stdout], [2, ""]);
    assertEquals(
      stderr,
      `error: Cannot ${command} without a run\n` +
        `  next: Name one, or use the newest: ./bandpass ${command} last\n`,
    );
  }
  const both = await run("evaluate", "a", "--run", "b");
  assertEquals([both.code, both.stdout], [2, ""]);
  assertStringIncludes(both.stderr, 'Cannot evaluate both "a" and --run "b"');
});

Deno.test("paths are relative to the folder that the user stands in", async () => {
  const folder = `${projectFolder}docs`;
  for (const [typed, users] of [["../a", `${projectFolder}a`], ["/a", "/a"], ["-", "-"]]) {
    const args = ["recommend", "last", "--users", typed];
    const { stdout } = await runScript("tests/cli/fixture.ts", args, undefined, folder);
    assertEquals(JSON.parse(stdout).users, users);
  }
});

Deno.test("verify prints a line a file and passes when all errors are within bounds", async () => {
  const { code, stdout, stderr } = await run("verify", "a", "b", "--adapter", "cpu");
  assertEquals([code, stderr], [0, "closed\n"]);
  assertEquals(
    stdout.split("\n")[1],
    "passed  cpu  loss 0.0e+0  gradient 1.0e-4 (weight)  score 1.0e-3  adam loss 1.0e-9  b",
  );
});

Deno.test("verify fails when an error is not a number, after all files were run", async () => {
  const { code, stdout, stderr } = await run("verify", "--json", "bad", "b");
  assertEquals(code, 1);
  const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ file, passed }) => [file, passed]), [["bad", false], ["b", true]]);
  assertStringIncludes(stderr, "closed\nerror: 1 of 2 golden files are not reproduced");
});

Deno.test("verify goes on after a file that cannot be used, and fails at the end as that file does", async () => {
  const { code, stdout, stderr } = await run("verify", "--json", "missing", "bad", "b");
  assertEquals(code, 3);
  const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines[0], { file: "missing", error: "Cannot read it", passed: false });
  assertEquals(lines.map(({ passed }) => passed), [false, false, true]);
  assertStringIncludes(stderr, "error: Cannot read it\n  next: Look for it");
  const text = await run("verify", "missing", "b");
  assertEquals(text.stdout.split("\n").map((line) => line.slice(0, 6)), ["FAILED", "passed", ""]);
  const lost = await run("verify", "--json", "lost", "b");
  assertEquals([lost.code, lost.stdout], [4, ""]);
});
