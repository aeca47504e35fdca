import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { projectFolder } from "../cli/run_cli.ts";
import { foreign, repository } from "../repository.ts";
import { publicFiles } from "./public_files.ts";
import { commandProblem } from "./command_problem.ts";
import { shownFiles } from "./fenced.ts";
import { logicalLines, shellBlocks, simpleCommands } from "./shell.ts";

/** Commands in documents that are only looked at, and why. */
const notRun: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\.\/bandpass (test|check|docs|fuzz|bench\S*)( |$)/, "they take minutes, or run this test"],
  [/^\.ci\/run/, "it runs all tests"],
  [
    /^\.\/bandpass (encode |preprocess .*(--encode|image\.safetensors))/,
    "they need an encoder, and 480 MB of packages",
  ],
  [/^\.\/bandpass serve /, "it does not end; tests/cli/serve/ starts it and asks"],
  [/^deno run .*\bserve\.ts$/, "it does not end; it is started and asked below"],
];

/** Documents whose commands are only looked at: those that may be run stand in README.md too. */
const onlyLookedAt = ["CONTRIBUTING.md"];

const files = await repository();
const documents = Array.from(files.keys())
  .filter((path) => /^(README|CONTRIBUTING|docs\/[^/]*)\.md$/.test(path))
  .map((path) => ({ path, text: files.get(path)!, blocks: shellBlocks(files.get(path)!) }))
  .filter(({ blocks }) => blocks.length > 0);

Deno.test("every command in the documents has the options and files that it names", () => {
  const problems = documents.flatMap(({ path, text, blocks }) => {
    const shown = shownFiles(text);
    return blocks.flatMap(({ line, text: block }) =>
      simpleCommands(block).flatMap((words) => {
        // A tutorial may have its reader write a file, and calls it by its path.
        const isFile = (file: string) =>
          files.has(file) || shown.has(file) || text.includes(`\`${file}\``);
        const problem = commandProblem(words, isFile);
        return problem === undefined ? [] : `${path}:${line} ${words.join(" ")}: ${problem}`;
      })
    );
  });
  assertEquals(problems, []);
});

Deno.test("every example in docs/cli.md has the options that it names", () => {
  const examples = Array.from(
    files.get("docs/cli.md")!.matchAll(/^ {2}(\.\/bandpass .*?)(?: {3}\(.*)?$/gm),
    ([, example]) => example,
  );
  assert(examples.length > 30, `${examples.length} examples`);
  const problems = examples.flatMap((example) =>
    simpleCommands(example).map((words) => commandProblem(words, () => true)).filter(Boolean)
      .map((problem) => `${example}: ${problem}`)
  );
  assertEquals(problems, []);
});

Deno.test("no reason to leave a command out is without a command", () => {
  const lines = documents.flatMap(({ blocks }) => blocks.flatMap(({ text }) => logicalLines(text)));
  for (const [pattern, reason] of notRun) assert(lines.some((line) => pattern.test(line)), reason);
});

/** Recipes for files that others publish: small ones of the same form stand in for them. */
const recipes = "docs/datasets.md";

async function writePublicFiles(folder: string): Promise<void> {
  for (const [path, contents] of await publicFiles()) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(
      `${folder}/${path}`,
      typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
    );
  }
}

/** A clone of the project, as a reader has it, and an empty folder beside it. */
async function withClone(use: (clone: string, beside: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const [clone, beside] = [`${folder}/bandpass`, `${folder}/beside`];
    for (const made of [clone, beside]) await Deno.mkdir(made);
    const entries = Array.from(Deno.readDirSync(projectFolder), ({ name }) => name)
      .filter((name) => !foreign.has(name)).map((name) => projectFolder + name);
    await new Deno.Command("cp", { args: ["-R", ...entries, clone] }).output();
    await use(clone, beside);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Trainings, tunes and studies are cut short: what they are to show here is that they begin and end. */
function shortened(line: string): string {
  if (/bandpass tune\b.*--trials/.test(line)) {
    return line.replace(/--trials \d+ --epochs \d+ --seeds \d+/, "--trials 6 --epochs 1 --seeds 1");
  }
  if (/--(epochs|resume|dry-run|list-\w+)/.test(line)) return line;
  return line.replace(/bandpass train\b/, "$& --epochs 1").replace("in 0 1 2;", "in 0;")
    .replace(/bandpass study [a-z]+/, "$& --epochs 1 --seeds 1");
}

const environment = {
  NO_COLOR: "1",
  PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
};

for (const { path, text, blocks } of documents) {
  const lines = blocks.flatMap(({ text }) => logicalLines(text))
    .filter((line) => !notRun.some(([pattern]) => pattern.test(line))).map(shortened);
  if (lines.length === 0 || onlyLookedAt.includes(path)) continue;
  Deno.test(`the commands of ${path} work one after the other`, () =>
    withClone(async (clone, beside) => {
      const folder = text.includes("../bandpass/bandpass") ? beside : clone;
      for (const [name, contents] of shownFiles(text)) {
        await Deno.writeTextFile(`${folder}/${name}`, contents);
      }
      if (path === recipes) await writePublicFiles(folder);
      const { code, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-eux", "-c", lines.join("\n")],
        cwd: folder,
        env: environment,
        stdin: "null",
      }).output();
      const tail = (bytes: Uint8Array) => new TextDecoder().decode(bytes).slice(-3000);
      assertEquals(code, 0, `${tail(stdout)}\n${tail(stderr)}`);
      if (shownFiles(text).has("serve.ts")) await askService(folder);
    }));
}

/** Starts the service of docs/tutorial.md on a free port, and asks it for a known and an unknown customer. */
async function askService(folder: string): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(listener.addr.port);
  listener.close();
  const program = await Deno.readTextFile(`${folder}/serve.ts`);
  await Deno.writeTextFile(`${folder}/serve.ts`, program.replace("8000", port));
  const service = new Deno.Command(Deno.execPath(), {
    args: ["run", "--check", "--allow-read", `--allow-net=127.0.0.1:${port}`, "serve.ts"],
    cwd: folder,
    env: environment,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    // Deno says on stderr where it listens.
    let said = "";
    for await (const text of service.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said.includes(`127.0.0.1:${port}/`)) break;
    }
    assert(said.includes(`127.0.0.1:${port}/`), said);
    const known = await fetch(`http://127.0.0.1:${port}/?user=c1001`);
    const items = await known.json();
    assertEquals([known.status, items.length, typeof items[0].name], [200, 5, "string"]);
    const unknown = await fetch(`http://127.0.0.1:${port}/?user=nobody`);
    assertEquals([unknown.status, await unknown.json()], [404, { error: 'No customer "nobody"' }]);
  } finally {
    try {
      service.kill();
    } catch {
      // It has ended by itself.
    }
    await service.status;
  }
}
