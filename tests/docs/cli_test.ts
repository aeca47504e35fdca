import { assertEquals, assertStringIncludes } from "@std/assert";
import { allCommands } from "../../cli/commands.ts";
import { createProgram } from "../../cli/common/command_line.ts";
import { helpPage } from "../../docs/help_page.ts";
import { projectFolder, runTask } from "../cli/run_cli.ts";

Deno.test("docs/cli.md is what the commands' help says (else run: ./bandpass docs)", async () => {
  const page = await Deno.readTextFile(`${projectFolder}docs/cli.md`);
  assertEquals(page, helpPage(createProgram(allCommands())), "Run: ./bandpass docs");
});

Deno.test("helpPage() has all that --help prints of each command", async () => {
  const page = helpPage(createProgram(allCommands()));
  for (const name of ["evaluate", "doctor"]) {
    const { stdout } = await runTask([name, "--help"]);
    assertStringIncludes(page, `## ${name}\n\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\``);
  }
});
