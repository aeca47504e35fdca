import { assert, assertEquals, assertMatch } from "@std/assert";
import { projectFolder } from "../cli/run_cli.ts";

const readme = await Deno.readTextFile(`${projectFolder}README.md`);
const manifest = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.json`));

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

/** Dependencies by the files that import them. */
async function importers(folder = ""): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const { name, isDirectory } of Deno.readDir(`${projectFolder}${folder}`)) {
    const path = `${folder}${name}`;
    if (isDirectory && !/^\.|^runs$|^datasets$|^coverage$|^node_modules$/.test(path)) {
      for (const [key, files] of await importers(`${path}/`)) {
        found.set(key, [...found.get(key) ?? [], ...files]);
      }
    } else if (name.endsWith(".ts")) {
      const text = await Deno.readTextFile(`${projectFolder}${path}`);
      // Those of types and those that are loaded where they are needed, too.
      const imports = text.matchAll(
        /^(?:import|\}|export) .*from "([^".]+)";$|import\(\s*"([^".]+)",?\s*\)/gm,
      );
      for (const [, still, late] of imports) {
        const key = still ?? late;
        found.set(key, [...found.get(key) ?? [], path]);
      }
    }
  }
  return found;
}

Deno.test("README.md's table of dependencies has those of deno.json, where they are used", async () => {
  const rows = Array.from(
    section("Dependencies").matchAll(/^\| `(.*?)` +\| (.*?) +\| (.*?) +\|$/gm),
    ([, name, places, reason]) => ({ name, places, reason }),
  );
  const dependencies = Object.keys(manifest.imports).filter((key) => !key.startsWith("@bandpass/"));
  assertEquals(rows.map(({ name }) => name).sort(), dependencies.sort());
  const files = await importers();
  for (const { name, places, reason } of rows) {
    assert(reason.length > 5, name);
    const named = Array.from(places.matchAll(/`(.*?)`/g), ([, place]) => place);
    const isIn = (file: string) => named.some((place) => file.startsWith(place));
    const using = files.get(name) ?? [];
    assertEquals(using.filter((file) => !isIn(file)), [], `${name} is used elsewhere too`);
    const idle = named.filter((place) => !using.some((file) => file.startsWith(place)));
    assertEquals(idle, [], `${name} is not used there`);
  }
});
