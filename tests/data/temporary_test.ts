import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { writeFileAtomically, writePartsAtomically } from "../../data/atomic_file.ts";
import { presentFolder } from "../../data/former_folder.ts";
import { soleTemporaryName } from "../../data/sole_temporary_name.ts";
import { createTemporaryFile, temporaryName } from "../../data/temporary.ts";
import { BandpassError } from "../../errors.ts";

const namesIn = (folder: string) =>
  Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();

Deno.test("writeFileAtomically() clears what dead writers left, and nothing that is in use", async () => {
  const folder = await Deno.makeTempDir();
  const left = temporaryName(`${folder}/a`, "tmp");
  await Deno.writeTextFile(left, "half");
  const others = ["a.tmp", "a.0123.tmp", "b.0123456789abcdef.tmp", "a.0123456789abcdef.tmp.txt"];
  for (const name of others) await Deno.writeTextFile(`${folder}/${name}`, "somebody's");
  const { path, file } = await createTemporaryFile(`${folder}/a`);
  await writeFileAtomically(`${folder}/a`, "whole");
  assertEquals(namesIn(folder), ["a", ...others, path.slice(folder.length + 1)].sort());
  file.close();
  await writeFileAtomically(`${folder}/a`, "whole");
  assertEquals(namesIn(folder), ["a", ...others].sort());
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writePartsAtomically() names the temporary file that it could not write", async () => {
  const folder = await Deno.makeTempDir();
  const write = Deno.FsFile.prototype.write;
  Deno.FsFile.prototype.write = () =>
    Promise.reject(Object.assign(new Error("os error 28"), { code: "ENOSPC" }));
  try {
    await writeFileAtomically(`${folder}/a`, "x").then(() => {}, (error) => {
      assertStringIncludes(error.message, `Cannot write "${folder}/a": no space is left`);
      assertStringIncludes(error.message, "its temporary file was");
    });
  } finally {
    Deno.FsFile.prototype.write = write;
  }
  const failing = async function* () {
    yield await Promise.resolve("part");
    throw new BandpassError("the source failed");
  };
  await assertRejects(
    () => writePartsAtomically(`${folder}/a`, failing()),
    BandpassError,
    "source",
  );
  assertEquals(namesIn(folder), []);
  await Deno.remove(folder, { recursive: true });
});

/** Writes `a` in a process that may touch it and its one temporary name, and nothing else there. */
async function writeConfined(folder: string): Promise<string> {
  const names = [`${folder}/a`, soleTemporaryName(`${folder}/a`)].join();
  const module = new URL("../../data/atomic_file.ts", import.meta.url).href;
  await Deno.writeTextFile(
    `${folder}/writer.ts`,
    `import { writeFileAtomically } from ${JSON.stringify(module)};
await writeFileAtomically(${JSON.stringify(`${folder}/a`)}, "whole");`,
  );
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--config", "deno.json"]
      .concat(`--allow-read=${names}`, `--allow-write=${names}`, `${folder}/writer.ts`),
    cwd: new URL("../..", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(`${folder}/writer.ts`);
  return new TextDecoder().decode(stderr);
}

Deno.test("writeFileAtomically() needs no more than a file and one name beside it", async () => {
  const folder = await Deno.makeTempDir();
  const sole = soleTemporaryName(`${folder}/a`);
  // A dead process left one.
  await Deno.writeTextFile(sole, "half");
  assertEquals(await writeConfined(folder), "");
  assertEquals(namesIn(folder), ["a"]);
  assertEquals(await Deno.readTextFile(`${folder}/a`), "whole");
  // A living one has it.
  using held = await Deno.open(sole, { write: true, createNew: true });
  await held.lock(true);
  assertStringIncludes(await writeConfined(folder), "another process is writing it");
  assertEquals(namesIn(folder), ["a", sole.slice(folder.length + 1)]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("presentFolder() puts back a folder that a killed process had moved aside", async () => {
  const folder = await Deno.makeTempDir();
  const place = `${folder}/shop`;
  const former = temporaryName(place, "former");
  await Deno.mkdir(former);
  await Deno.writeTextFile(`${former}/dataset.json`, "{}");
  const notes: string[] = [];
  assertEquals(await presentFolder(place, (text) => notes.push(text)), place);
  assertStringIncludes(notes.join(), "restored");
  assertEquals(namesIn(folder), ["shop"]);
  assertEquals(await presentFolder(place), place);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("presentFolder() waits for a living process that replaces a folder", async () => {
  const folder = await Deno.makeTempDir();
  const place = `${folder}/shop`;
  const former = temporaryName(place, "former");
  await Deno.mkdir(former);
  await Deno.writeTextFile(`${former}/dataset.json`, "{}");
  const held = await Deno.open(`${former}/dataset.json`);
  await held.lock(true);
  setTimeout(() => Deno.mkdirSync(place), 100);
  assertEquals(await presentFolder(place, () => assertEquals("told", "nothing")), place);
  assertEquals(namesIn(folder).length, 2);
  held.close();
  await Deno.remove(folder, { recursive: true });
});
