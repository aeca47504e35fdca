import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { createProgram } from "../../cli/command_line.ts";
import { allCommands } from "../../cli/commands.ts";
import manifest from "../../deno.json" with { type: "json" };
import { projectFolder } from "../cli/run_cli.ts";
import { foreign, repository } from "../repository.ts";
import { shownFiles } from "./fenced.ts";
import { logicalLines, shellBlocks, simpleCommands } from "./shell.ts";

/** Commands in documents that are looked at and not run, and why. */
const notRun: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^(\.\/bandpass|deno task) (test|check|docs|fuzz|bench\S*)( |$)/, "minutes, or this test again"],
  [/^\.ci\/run/, "all tests"],
  [/^bash bench\//, "minutes, and a GPU"],
  [/--dataset (tiktok|baby|sports)\b/, "data that are not ours to pass on"],
  [/^deno run .*\bserve\.ts$/, "goes on for ever; serve_test.ts runs it"],
];

const files = await repository();
const documents = ["README.md", "CONTRIBUTING.md"]
  .concat(Array.from(files.keys()).filter((path) => /^docs\/[^/]*\.md$/.test(path)));
const blocks = documents.map((document) => ({
  document,
  blocks: shellBlocks(document, files.get(document)!),
})).filter((found) => found.blocks.length > 0);

/** What a shell has, and what documents may use of it. */
const shellTools = [
  "cat",
  "cd",
  "cp",
  "cut",
  "head",
  "ls",
  "mkdir",
  "printf",
  "sort",
  "tail",
  "wc",
];

/** Says what is wrong with a command, if anything is. */
function problem(words: readonly string[], shown: readonly string[]): string | undefined {
  const isThere = (path: string) => files.has(path) || shown.includes(path);
  const [program, ...args] = words;
  if (
    /^(\.|\.\.\/bandpass)\/bandpass$/.test(program) || words.slice(0, 2).join(" ") === "deno task"
  ) {
    const [name, ...rest] = program === "deno" ? args.slice(1) : args;
    const command = createProgram(allCommands()).commands.find((one) => one.name() === name);
    if (command === undefined) {
      const missing = rest.filter((path) => /\.ts$/.test(path) && !isThere(path));
      return name in manifest.tasks ? missing[0] && `no file ${missing[0]}` : `no task ${name}`;
    }
    // A loop's variable is a number.
    const { operands, unknown } = command.parseOptions(
      rest.map((word) => word.replace(/^\$\w+$/, "0")),
    );
    if (unknown.length > 0 && unknown[0] !== "--help") return `no option ${unknown[0]}`;
    const known = command.registeredArguments;
    const most = known.some(({ variadic }) => variadic) ? Infinity : known.length;
    if (operands.length > most) return `no argument ${operands[most]}`;
  } else if (program === "deno" || program === "bash") {
    const missing = args.filter((path) => /\.(ts|sh)$/.test(path) && !isThere(path));
    return missing[0] && `no file ${missing[0]}`;
  } else if (!shellTools.includes(program) && !isThere(program)) {
    return `no program ${program}`;
  }
}

Deno.test("every command in the documents has the options and files that it names", () => {
  const problems = blocks.flatMap(({ document, blocks }) => {
    const shown = Array.from(shownFiles(files.get(document)!).keys());
    return blocks.flatMap(({ place, text }) =>
      simpleCommands(text).flatMap((words) => {
        let found: string | undefined;
        try {
          found = problem(words, shown);
        } catch (error) {
          found = (error as Error).message;
        }
        return found === undefined ? [] : `${place} ${words.join(" ")}: ${found}`;
      })
    );
  });
  assertEquals(problems, []);
  const lines = blocks.flatMap((found) => found.blocks.flatMap(({ text }) => logicalLines(text)));
  for (const [pattern, reason] of notRun) {
    assert(lines.some((line) => pattern.test(line)), `No command is left out by: ${reason}`);
  }
});

/** A clone of the project, as a reader has it, and an empty folder beside it. */
async function withClone(use: (clone: string, beside: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const clone = `${folder}/bandpass`;
    await Deno.mkdir(clone);
    await Deno.mkdir(`${folder}/beside`);
    const entries = Array.from(Deno.readDirSync(projectFolder), ({ name }) => name)
      .filter((name) => !foreign.has(name)).map((name) => projectFolder + name);
    await new Deno.Command("cp", { args: ["-R", ...entries, clone] }).output();
    await use(clone, `${folder}/beside`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Trainings are cut short: what they are to show here is that they begin and end. */
function shortened(line: string): string {
  const isWhole = /bandpass train\b/.test(line) &&
    !/--(epochs|resume|dry-run|list-|help)/.test(line);
  return isWhole ? line.replace(/bandpass train\b/, "$& --epochs 2") : line;
}

for (const { document, blocks: found } of blocks) {
  const lines = found.flatMap(({ text }) => logicalLines(text))
    .filter((line) => !notRun.some(([pattern]) => pattern.test(line))).map(shortened);
  if (lines.length === 0) continue;
  Deno.test(`the commands of ${document} work one after the other`, () =>
    withClone(async (clone, beside) => {
      const text = files.get(document)!;
      const folder = text.includes("../bandpass/bandpass") ? beside : clone;
      for (const [name, contents] of shownFiles(text)) {
        await Deno.writeTextFile(`${folder}/${name}`, contents);
      }
      const { code, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-eux", "-c", lines.join("\n")],
        cwd: folder,
        env: { NO_COLOR: "1", PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}` },
        stdin: "null",
      }).output();
      const decoder = new TextDecoder();
      const tail = (bytes: Uint8Array) => decoder.decode(bytes).split("\n").slice(-40).join("\n");
      assertEquals(code, 0, `${tail(stdout)}\n${tail(stderr)}`);
    }));
}
