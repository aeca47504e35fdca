import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createCommand } from "../../cli/common/command.ts";
import { projectFolder, runScript, runTask } from "./run_cli.ts";

const run = (...args: string[]) => runScript("tests/cli/fixture.ts", args);

/** The two lines of a usage error, and nothing on stdout. */
async function usageError(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  assertEquals([code, stdout], [2, ""], stderr);
  return stderr;
}

Deno.test("the command line prints its help on stdout when there are no arguments", async () => {
  const { code, stdout, stderr } = await run();
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "./bandpass train\n");
  assertStringIncludes(stdout, "Evaluate a run on its test or validation split");
  assertEquals(await run("--help"), { code, stdout, stderr });
});

Deno.test("the help groups the commands, and leaves out what developers alone need", async () => {
  const { stdout } = await runTask(["help"]);
  const groups = stdout.split("\n\n").map((part) => part.trim().split("\n"))
    .filter(([heading]) => /^\w+:$/.test(heading) && !/^(Options|Examples):$/.test(heading))
    .map(([heading, ...lines]) => [heading, lines.map((line) => line.trim().split(" ")[0])]);
  assertEquals(groups, [
    ["Data:", ["preprocess", "datasets", "encode", "spectrum"]],
    ["Train:", ["train", "blend", "tune", "runs", "run-trial"]],
    ["Judge:", ["evaluate", "compare", "study", "report"]],
    ["Use:", ["recommend", "explain", "export", "push", "serve", "mcp"]],
    ["Check:", ["doctor", "verify"]],
    ["Help:", ["completions", "help"]],
  ]);
});

Deno.test("./bandpass prints what a task prints, and no line of its own", async () => {
  const { code, stdout, stderr } = await new Deno.Command(`${projectFolder}bandpass`, {
    args: ["help", "doctor"],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assertEquals([code, text.decode(stderr)], [0, ""]);
  assertEquals(text.decode(stdout), (await runTask(["help", "doctor"])).stdout);
});

Deno.test("a command's help shows its usage, then examples, then options", async () => {
  const { code, stdout } = await run("train", "--help");
  assertEquals(code, 0);
  const places = ["Usage: ./bandpass train [options]", "\nExamples:\n", "\nOptions:\n"]
    .map((part) => stdout.indexOf(part));
  assert(places[0] > 0 && places[0] < places[1] && places[1] < places[2], `${places}`);
});

Deno.test("the help shows choices and defaults in one style, and none of switches", async () => {
  for (const command of ["train", "evaluate", "recommend", "spectrum", "doctor"]) {
    const { stdout } = await run(command, "--help");
    const text = stdout.replaceAll(/\s+/g, " ");
    assertStringIncludes(text, "(choices: auto, gpu, cpu; default: auto)", command);
    assert(!/default: (?:false|true|")/.test(text), text);
    for (const [brackets] of text.matchAll(/\([^()]*(?:choices|default):[^()]*\)/g)) {
      assertMatch(brackets, /^\((?:choices: [^;]+(?:; default: [^;]+)?|default: [^;]+)\)$/);
    }
  }
  const { stdout } = await run("train", "--help");
  assertStringIncludes(stdout, "ends sooner (default: 1000)");
});

Deno.test("the help names no default that is an empty list", () => {
  const command = createCommand("show", "Show runs", [])
    .option("--beside <run>", "Another run", (run, others: string[]) => [...others, run], [])
    .option("--along <run>", "A third run", (run, others: string[]) => [...others, run], ["last"]);
  const help = command.helpInformation();
  assertMatch(help, /^ {2}--beside <run> +Another run$/m);
  assertMatch(help, /^ {2}--along <run> +A third run \(default: last\)$/m);
});

Deno.test("--version prints the version, with a command too", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.json`));
  for (const args of [["--version"], ["-V"], ["train", "--version"]]) {
    assertEquals(await run(...args), { code: 0, stdout: `bandpass ${version}\n`, stderr: "" });
  }
});

Deno.test("an unknown command is a usage error with the nearest name", async () => {
  assertEquals(
    await usageError("trian"),
    'error: Unknown command "trian"\n  next: Did you mean "train"?\n',
  );
  assertEquals(
    await usageError("tset"),
    'error: Unknown command "tset"\n  next: Did you mean "test"?\n',
  );
  assertStringIncludes(
    await usageError("frobnicate"),
    "next: See all commands with: ./bandpass help",
  );
});

Deno.test("an unknown option is a usage error with the nearest name", async () => {
  for (const flag of ["--epoch", "--epoch=3"]) {
    assertEquals(
      await usageError("train", flag, "3"),
      'error: Unknown option "--epoch" of "train"\n  next: Did you mean "--epochs"?\n',
    );
  }
  assertEquals(
    await usageError("train", "--dry-run=1"),
    'error: The option "--dry-run" takes no value\n  next: Write --dry-run alone\n',
  );
  // What it begins comes before what is as few letters away.
  assertStringIncludes(await usageError("recommend", "--us", "7"), 'Did you mean "--user"?');
  assertStringIncludes(await usageError("train", "--frobnicate"), "./bandpass train --help");
  assertStringIncludes(await usageError("--jsno"), 'Unknown option "--jsno"\n');
});

Deno.test("what other programs call a command or an option leads to ours", async () => {
  assertEquals(
    await usageError("list"),
    'error: Unknown command "list"\n  next: Did you mean "runs"?\n',
  );
  assertEquals(
    await usageError("train", "--lr=0.1"),
    'error: Unknown option "--lr" of "train"\n' +
      '  next: Did you mean "--set learning_rate=VALUE"?\n',
  );
});

Deno.test("an option before its command says where it belongs", async () => {
  assertEquals(
    await usageError("--dataset", "sample"),
    'error: Cannot use the option "--dataset" without a command\n' +
      "  next: Put the command first, such as: ./bandpass train --dataset\n",
  );
});

Deno.test("an option without its value, or a required one left out, is a usage error", async () => {
  assertStringIncludes(await usageError("train", "--seed"), '"--seed <number>" needs a value');
  assertStringIncludes(await usageError("verify"), '"files" is required');
  const { code, stderr } = await runTask(["report", "my run"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "next: Add it: ./bandpass report 'my run' --out FILE\n");
});

Deno.test("help on a command that is not there is a usage error", async () => {
  for (const words of [["similar", "--help"], ["help", "similar"], ["similar", "-h"]]) {
    assertStringIncludes(await usageError(...words), 'Unknown command "similar"');
  }
});

Deno.test("an option in the place of another one's value is a usage error", async () => {
  const message = await usageError("train", "--run", "--json");
  assertStringIncludes(message, '"--run <name>" needs a value: the option "--json" follows it');
  assertStringIncludes(message, "write --run=--json if");
  assertStringIncludes(await usageError("train", "--model", "--set=a=1"), 'the option "--set=a=1"');
  assertStringIncludes(await usageError("evaluate", "--run", "-h"), 'the option "-h" follows');
  const { code, stdout } = await run("evaluate", "--run=--json", "--split", "test");
  assertEquals([code, JSON.parse(stdout).run], [0, "--json"]);
});

Deno.test("an option with two values is said to have the last, unless it is repeatable", async () => {
  const said = async (...args: string[]) => (await runTask(args)).stderr;
  const seeds = await said("train", "--seed", "1", "--seed=x");
  assertStringIncludes(seeds, "--seed is given more than once: its last value counts");
  assertStringIncludes(seeds, 'found "x"');
  const files = await said("recommend", "nosuch", "-o", "a=b.csv", "--out", "b.csv");
  assertStringIncludes(files, "--out is given more than once");
  const lists = await said(
    "recommend",
    "nosuch",
    "-k5",
    "-k6",
    "--exclude-seen",
    "--exclude-seen=all",
  );
  assertStringIncludes(lists, "--top-k is given more than once");
  assertEquals(lists.includes("--exclude-seen is given"), false);
  // The same value again says nothing else.
  const repeated = ["--user", "a", "--user", "b", "--run", "nosuch", "--run", "nosuch"];
  assertEquals((await said("recommend", ...repeated)).includes("more than once"), false);
  const ofTrec = ["--trec", "a=a.trec", "--trec", "b=b.trec", "--qrels", "q.qrels"];
  assertEquals((await said("compare", ...ofTrec)).includes("more than once"), false);
});

Deno.test("the sample in a folder where it cannot be made is looked for where it can be", async () => {
  const made = await runTask(["train", "--data-dir", "/nowhere", "--dry-run"]);
  assertEquals(made.code, 1);
  assertStringIncludes(made.stderr, 'Cannot find the dataset "sample" in "/nowhere", nor make it');
  assertStringIncludes(made.stderr, "next: Leave out --data-dir, and");
});

Deno.test("names do not begin with a dash, which would make options of them", async () => {
  for (const args of [["--run=-x"], ["--run", "-x"], ["--run=--json"]]) {
    assertStringIncludes(await usageError("train", ...args), 'not starting with "-"');
  }
});

Deno.test("output that cannot be written is an error with its reason", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  for (const args of [["fail", "output"], ["--help"]]) {
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", 'exec "$0" run --quiet --no-prompt tests/cli/fixture.ts "$@" > /dev/full']
        .concat(Deno.execPath(), args),
      cwd: projectFolder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 1);
    assertEquals(
      new TextDecoder().decode(stderr),
      'error: Cannot write "stdout": no space is left on the disk\n' +
        "  next: Free some space and run again\n",
    );
  }
});

Deno.test("an argument that no option takes is a usage error", async () => {
  assertEquals(
    await usageError("train", "baby"),
    'error: Unexpected argument "baby"\n  next: Did you mean "--dataset baby" or "--model baby"?\n',
  );
  const preprocess = async (...args: string[]) =>
    (await runTask(["preprocess", "--dataset", "shop", ...args])).stderr;
  assertEquals(
    await preprocess("data/clicks.csv"),
    'error: Unexpected argument "data/clicks.csv"\n  next: Did you mean "--input data/clicks.csv"?\n',
  );
  assertStringIncludes(
    await preprocess("a.csv", "b.csv"),
    "If a pattern became several files, quote it",
  );
  const second = await usageError("evaluate", "a", "b");
  assertStringIncludes(second, 'error: Unexpected argument "b"\n');
  assertStringIncludes(second, "./bandpass evaluate --help");
});

Deno.test("an option that takes certain values alone lists them", async () => {
  assertEquals(
    await usageError("evaluate", "--run", "runs/a", "--split", "tset"),
    'error: Cannot use --split "tset": expected valid or test\n  next: Did you mean "test"?\n',
  );
  const message = await usageError("recommend", "--run", "runs/a", "--format", "xml");
  assertStringIncludes(message, "expected csv, ndjson, trec or text");
});

Deno.test("a bug in Bandpass is reported as one, with its stack", async () => {
  const { code, stdout, stderr } = await run("fail", "defect");
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "This is a bug in Bandpass");
  assertStringIncludes(stderr, "TypeError: undefined is no function\n    at ");
});

Deno.test("a path that the task may not touch is an error without a prompt or a stack", async () => {
  const written = await run("fail", "write");
  assertEquals(written.code, 1);
  assertStringIncludes(written.stderr, 'error: Cannot write "/forbidden/file": Deno has no perm');
  const read = await runScript("tests/cli/fixture.ts", ["fail", "read"], []);
  assertEquals(read.code, 3);
  assertStringIncludes(read.stderr, 'error: Cannot read "/forbidden/file": Deno has no perm');
  for (const { stderr } of [written, read]) assert(!stderr.includes("    at "), stderr);
});

Deno.test("a reader that closes the pipe is no failure to report", async () => {
  assertEquals(await run("fail", "pipe"), { code: 141, stdout: "", stderr: "" });
});
