import { assert, assertEquals, assertMatch } from "@std/assert";
import { projectFolder } from "../cli/run_cli.ts";

const readme = await Deno.readTextFile(`${projectFolder}README.md`);

/** What stands under a heading of the README. */
function section(heading: string): string {
  const [, text] = readme.split(`\n## ${heading}\n`);
  return text.split("\n## ")[0];
}

Deno.test("README.md's program of ten lines trains, recommends and opens what it saved", async () => {
  const [, program] = /```ts ignore\n([^]*?)```/.exec(section("From a program"))!;
  assert(program.trim().split("\n").length <= 10, program);
  assertMatch(program, /epochs: \d+/);
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${folder}/program.ts`,
      program.replace(/epochs: \d+/, "epochs: 2") +
        "console.log(JSON.stringify([users.columns, items.ids.length, " +
        "await again.recommend([7]), await model.recommend([7])]));\n",
    );
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--check", "--no-prompt", "--config", `${projectFolder}deno.json`],
        ...["--allow-read", "--allow-write=.", "program.ts"],
      ],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    assertMatch(lines[0], /^0\.\d+$/);
    const [columns, ids, opened, trained] = JSON.parse(lines.at(-1)!);
    assertEquals([columns, ids, opened[0].items.length], [32, 600, 20]);
    assertEquals(opened, trained);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
