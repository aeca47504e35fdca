import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { importModel } from "../../cli/common/model_file.ts";
import { BandpassError } from "../../errors.ts";
import { shownFile } from "../docs/fenced.ts";
import { type Outcome, projectFolder, runTask, trainedMetrics, withRun } from "./run_cli.ts";

/** Runs a task as somebody who stands in a folder outside the project. */
type Run = (...args: string[]) => Promise<Outcome>;

/** Makes a folder outside the project with files in it, and removes it after use. */
async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (run: Run, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    await use((...args) => runTask(args, { INIT_CWD: folder }), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const [myModel, myWalk] = await Promise.all(
  ["my_model.ts", "my_walk.ts"].map((name) => shownFile("docs/adding_a_model.md", name)),
);

function succeeded({ code, stdout, stderr }: Outcome): string {
  assertEquals(code, 0, stderr);
  return stdout;
}

Deno.test("a model of a file outside the project trains, ranks, recommends, exports and goes on", () =>
  withRun((name, runFolder) =>
    withFiles({ "my_model.ts": myModel, "edited.ts": `${myModel}// A comment.\n` }, async (run) => {
      assert(myModel.split("\n").length < 70, "a model of about 60 lines");
      const mine = ["--model", "./my_model.ts"];
      const training = ["train", ...mine, "--set", "damping=1", "--run", name, "--json"];
      const report = JSON.parse(succeeded(await run(...training, "--epochs", "2")));
      assertEquals([report.model, report.epochs], ["svdpp", 2]);
      // From where the user stands, the run can be opened by what the report says.
      assertEquals(report.run, runFolder);
      const configuration = JSON.parse(await Deno.readTextFile(`${runFolder}/config.json`));
      const bytes = new TextEncoder().encode(myModel);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
      assertEquals(configuration.model_file, "my_model.ts");
      assertEquals(configuration.model_sha256, hash);
      assertEquals(configuration.settings.damping, 1);

      const opened = ["--run", report.run, ...mine];
      const evaluation = succeeded(await run("evaluate", ...opened, "--json"));
      assertEquals(trainedMetrics(evaluation), report.test);
      const lists = succeeded(await run("recommend", ...opened, "--top-k", "3"));
      assertEquals(lists.trim().split("\n").length, 1 + 3 * 1200);
      succeeded(await run("export", ...opened, "--out", "vectors"));

      const more = ["train", "--resume", report.run, "--epochs", "3", "--json"];
      const rest = JSON.parse(succeeded(await run(...more, ...mine)));
      assertEquals(rest.epochs, 3);

      for (const args of [["evaluate", "--run", report.run], ["train", "--resume", report.run]]) {
        const missing = await run(...args);
        assertEquals(missing.code, 2, missing.stderr);
        assertStringIncludes(missing.stderr, `"my_model.ts" (SHA-256 ${hash})`);
        assertStringIncludes(missing.stderr, 'next: Add --model FILE, the path of "my_model.ts"');
        const edited = await run(...args, "--model", "edited.ts");
        assertEquals(edited.code, 2, edited.stderr);
        assertStringIncludes(edited.stderr, `had the SHA-256 ${hash} when it was trained, found`);
        assertStringIncludes(edited.stderr, "next: Give the file as it was then, or train again");
      }
    })
  ));

Deno.test("a model without training scores by histories, and has no vectors to export", () =>
  withRun((name, runFolder) =>
    withFiles({ "my_walk.ts": myWalk }, async (run) => {
      const walk = ["--model", "my_walk.ts"];
      succeeded(await run("train", ...walk, "--run", name));
      const opened = ["--run", runFolder, ...walk];
      const list = succeeded(await run("recommend", ...opened, "--history", "3,9", "--top-k", "4"));
      assertEquals(list.trim().split("\n").length, 1 + 4);
      const vectors = await run("export", ...opened, "--out", "vectors");
      assertEquals(vectors.code, 2);
      assertStringIncludes(vectors.stderr, "Cannot give embeddings: rp3beta has none");
    })
  ));

/** A file, the exit code of training it, and what is said of it. */
const failures: Readonly<Record<string, [text: string, code: number, said: RegExp]>> = {
  "none.ts": [
    "export const x = 1;\n",
    3,
    /Cannot use ".*none\.ts": its default export is not a model/,
  ],
  "half.ts": ["export default {", 3, /Cannot import ".*half\.ts": .*[\s\S]*half\.ts:1:\d+/],
  "throws.ts": ['\nthrow new Error("Ouch");\n', 3, /throws\.ts": Ouch \(.*throws\.ts:2:7\)/],
  "text.ts": ['throw "ouch";\n', 3, /text\.ts": it throws "ouch"\n {2}next: Fix the file/],
  "gone.ts": ['import "./away.ts";\n', 3, /away\.ts".*[\s\S]*next: Fix .* relative paths/],
  "bare.ts": ['import "@bandpass/sheders";\n', 3, /"@bandpass\/sheders".*[\s\S]*as "@bandpass\/b/],
  "lacks.ts": ['import { x } from "@bandpass/bandpass";\nx;\n', 3, /named 'x'[\s\S]*as "@bandpass/],
  "same.ts": [myModel.replace('"svdpp"', '"bpr"'), 2, /"bpr" of ".*same\.ts": a built-in model/],
  "name.ts": [
    myModel.replace('"svdpp"', '"My model"'),
    3,
    /a name consists of lower-case letters.*name\.ts:/,
  ],
};

const failuresOfCommands: Readonly<Record<string, [text: string, said: RegExp]>> = {
  "writes.ts": ['Deno.writeTextFileSync("x", "");\n', /writes\.ts:1:\d+\)\n {2}next: Do that/],
  "shapes.ts": [
    myModel.replace("add(program, own,", "add(program, implicit,"),
    /error: Your model failed: .*600×64.*shapes\.ts:\d+:\d+\)\n {2}next: Fix the file/,
  ],
};

Deno.test("train says what a model's file did wrong, where, and what to do", () =>
  withFiles(
    Object.fromEntries(
      Object.entries({ ...failures, ...failuresOfCommands }).map(([name, [text]]) => [name, text]),
    ),
    async (run, folder) => {
      for (const [name, [, code, said]] of Object.entries(failures)) {
        const error = await assertRejects(() => importModel(`${folder}/${name}`), BandpassError);
        assertMatch(`${error.message}\n  next: ${error.nextStep}`, said);
        assertEquals(error.exitCode, code, name);
        // Deno's own colours have no place in what may be piped.
        assert(!error.message.includes("\x1b"), name);
      }
      await assertRejects(
        () => importModel(`${folder}/away.ts`),
        BandpassError,
        'away.ts": the file or its folder does not exist',
      );
      // By the permissions of the command, and by ops that are called after the import.
      for (const [name, [, said]] of Object.entries(failuresOfCommands)) {
        const { code, stderr } = await run("train", "--model", `./${name}`, "--dry-run");
        assertEquals(code, 3, stderr);
        assertMatch(stderr, said);
      }
    },
  ));

Deno.test("commands that open a run take a file as --model, and no name", async () => {
  const { code, stderr } = await runTask(["evaluate", "--run", "runs/any", "--model", "bpr"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'Cannot use --model "bpr": expected the file of your own model');
  assertStringIncludes(stderr, "next: Leave it out for a built-in model");
});

Deno.test("the files of the tutorial have no type errors", () =>
  withFiles({ "my_model.ts": myModel, "my_walk.ts": myWalk }, async (_, folder) => {
    const files = ["my_model.ts", "my_walk.ts"].map((name) => `${folder}/${name}`);
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", `${projectFolder}deno.json`, ...files],
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
  }));
