import { assert, assertEquals } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { encoderPackages } from "../../cli/encode/transformers.ts";
import { projectFolder } from "../cli/run_cli.ts";

const promises = await Deno.readTextFile(`${projectFolder}docs/promises.md`);
const [, dependencies] = promises.split("\n## Dependencies\n");

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

Deno.test("docs/promises.md's table of dependencies has those of deno.json, where they are used", async () => {
  const rows = Array.from(
    dependencies.matchAll(/^\| `(.*?)` +\| (.*?) +\| (.*?) +\|$/gm),
    ([, name, places, reason]) => ({ name, places, reason }),
  );
  const imported = Object.keys(manifest.imports).filter((key) => !key.startsWith("@bandpass/"));
  const late = Object.values(encoderPackages).map((text) => /^npm:(.+)@/.exec(text)![1]);
  assertEquals(rows.map(({ name }) => name).sort(), [...imported, ...late].sort());
  const files = await importers();
  for (const name of late) files.set(name, ["cli/encode/transformers.ts"]);
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

Deno.test("packages of encoders are where nothing but their command fetches them", async () => {
  const lock = await Deno.readTextFile(`${projectFolder}deno.lock`);
  const own = await Deno.readTextFile(`${projectFolder}cli/encode/deno.lock`);
  for (const name of ["@huggingface/transformers", "onnxruntime-node", "sharp"]) {
    assert(!lock.includes(`"${name}@`), name);
    assert(own.includes(`"${name}@`), name);
  }
  for (const specifier of Object.values(encoderPackages)) assert(own.includes(`"${specifier}"`));
});

Deno.test("no package has a script to be built with, of which each first command would warn", async () => {
  const { npm } = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.lock`));
  const built = Object.keys(npm).filter((name) => npm[name].scripts === true);
  assertEquals(built, []);
});

Deno.test("docs/promises.md names tests and benchmarks that are there", async () => {
  const named = Array.from(
    promises.matchAll(/`((?:tests|bench)\/[\w/]+\.ts)`/g),
    ([, path]) => path,
  );
  assert(named.length > 15, `${named.length} files`);
  for (const path of named) await Deno.stat(`${projectFolder}${path}`);
});
