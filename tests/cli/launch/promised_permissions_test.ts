import { assertEquals, assertStringIncludes } from "@std/assert";
import manifest from "../../../deno.json" with { type: "json" };
import { commands, pathOptions } from "../../../cli/launch/needs.ts";
import { launchedCommands } from "../../../cli/launch/permissions.ts";
import { projectFolder } from "../run_cli.ts";

Deno.test("docs/promises.md has a row of permissions for each task", async () => {
  const page = await Deno.readTextFile(`${projectFolder}docs/promises.md`);
  const [, table] = /\n## Permissions\n[^]*?\n(\| task[^]*?)\n\n/.exec(page)!;
  const cells = table.split("\n").slice(2).map((row) =>
    row.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  const named = cells.flatMap(([task]) =>
    Array.from(task.matchAll(/`(.*?)`/g), ([, name]) => name)
  );
  assertEquals(named.sort(), Object.keys(manifest.tasks).sort());
  const row = (task: string) => cells.find(([names]) => names.includes(`\`${task}\``))!;
  for (const task of launchedCommands) {
    const [, read, write, ...others] = row(task);
    for (const option of pathOptions(task)) {
      assertStringIncludes(`${read}, ${write}`, `\`${option.split(" ").at(-1)}\``, task);
    }
    const { starts, encodes, listens, connects } = commands[task];
    const environment = encodes !== undefined
      ? "those three, encoders'"
      : listens !== undefined
      ? "those three, token"
      : connects !== undefined
      ? "those three, PostgreSQL's"
      : "those three";
    const net = listens !== undefined
      ? "own port"
      : connects !== undefined
      ? `host and port of \`${connects}\``
      : "no";
    const run = starts === undefined ? "no" : "Slurm";
    const libraries = encodes === undefined ? "no" : "encoders";
    assertEquals(others, [environment, net, run, libraries], task);
  }
});
