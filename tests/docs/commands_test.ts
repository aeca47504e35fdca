import { assert, assertEquals } from "@std/assert";
import { commandProblem } from "./command_problem.ts";
import { documents, files, notRun } from "./documents.ts";
import { shownFiles } from "./fenced.ts";
import { testDocument } from "./run_document.ts";
import { logicalLines, simpleCommands } from "./shell.ts";

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

// What a newcomer reads first; `./bandpass test-documents` runs all documents, which takes minutes.
for (const document of documents) {
  if (["README.md", "docs/tutorial.md"].includes(document.path)) testDocument(document);
}
