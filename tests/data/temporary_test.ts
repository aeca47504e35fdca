import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { writeFileAtomically, writePartsAtomically } from "../../data/atomic_file.ts";
import { presentFolder } from "../../data/former_folder.ts";
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

Deno.test("presentFolder() puts back a folder that a killed process had moved aside", async () => {
  const folder = await Deno.makeTempDir();
  const place = `${folder}/shop`;
  const former = temporaryName(place, "former");
  await Deno.mkdir(former);
  await Deno.writeTextFile(`${former}/dataset.json`, "{}");
  const notes: string[] = [];
  assertEquals(await presentFolder(place, (text) => notes.push(text)), place);
  assertStringIncludes(notes.join(), "put back");
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
