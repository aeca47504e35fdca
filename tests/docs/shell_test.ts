import { assertEquals } from "@std/assert";
import { logicalLines, shellBlocks, simpleCommands } from "./shell.ts";

Deno.test("shellBlocks() gives the blocks of commands, and where they begin", () => {
  const text = "# A\n\n```sh\nls\n```\n\n```ts\nlet a;\n```\n\n```sh\ncd b\nls\n```\n";
  assertEquals(shellBlocks(text), [{ line: 4, text: "ls\n" }, { line: 12, text: "cd b\nls\n" }]);
});

Deno.test("logicalLines() joins lines that go on", () => {
  assertEquals(logicalLines("a \\\n  b\n\nc\n"), ["a b", "c"]);
});

Deno.test("simpleCommands() reads words as a shell does", () => {
  const cases: readonly (readonly [text: string, commands: string[][]])[] = [
    ["a b  # c d\n", [["a", "b"]]],
    ["a 'b > c' \"d | e\" f\\ g#h\n", [["a", "b > c", "d | e", "f g#h"]]],
    ["a | b > c.txt && d < e; g\n", [["a"], ["b"], ["d"], ["g"]]],
    ["a \\\n  --b=c,'d'\n", [["a", "--b=c,d"]]],
    ["for n in 0 1; do a --n $n; done\n", [["a", "--n", "$n"]]],
  ];
  for (const [text, commands] of cases) assertEquals(simpleCommands(text), commands, text);
});
