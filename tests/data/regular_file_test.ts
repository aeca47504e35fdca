import { assertEquals, assertRejects } from "@std/assert";
import { importModel } from "../../cli/common/model_file.ts";
import { readIdentifiers } from "../../data/identifiers.ts";
import { readInteractions } from "../../data/interactions.ts";
import { readNpy } from "../../data/npy.ts";
import { openRegularFile, readTextFile, readTextStream } from "../../data/regular_file.ts";
import { readSafetensors } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import { RunFolder } from "../../training/run_folder.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function makePipe(path: string): Promise<void> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  assertEquals(success, true);
}

Deno.test({
  name:
    "every reader of a dataset, a run, numbers or a model refuses a pipe, which it would wait for",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      for (const name of ["a", "users.csv", "config.json"]) await makePipe(`${folder}/${name}`);
      for (
        const read of [
          () => readInteractions(`${folder}/a`),
          () => readNpy(`${folder}/a`),
          () => readSafetensors(`${folder}/a`),
          () => readIdentifiers(folder, "userID", 1),
          () => new RunFolder(folder).configuration(),
          () => importModel(`${folder}/a`),
        ]
      ) {
        await assertRejects(read, DataError, "it is a pipe or a device, expected a file on disk");
      }
    }),
});

Deno.test("openRegularFile() refuses a folder, and what is not there", () =>
  inFolder(async (folder) => {
    await assertRejects(() => openRegularFile(folder), DataError, "it is a folder");
    await assertRejects(() => openRegularFile(`${folder}/a`), DataError, "does not exist");
  }));

Deno.test("readTextFile() and readTextStream() give the text, without a byte-order mark", () =>
  inFolder(async (folder) => {
    const text = "é😀\n".repeat(30_000);
    await Deno.writeTextFile(`${folder}/a`, `\ufeff${text}`);
    assertEquals(await readTextFile(`${folder}/a`, 1 << 20), text);
    assertEquals(await readTextStream(`${folder}/a`, 1 << 20), text);
  }));

Deno.test("readTextFile() and readTextStream() refuse what is too large or no UTF-8", () =>
  inFolder(async (folder) => {
    for (const read of [readTextFile, readTextStream]) {
      await Deno.writeFile(`${folder}/a`, new Uint8Array([97, 0xff]));
      await assertRejects(() => read(`${folder}/a`, 9), DataError, "it is not UTF-8");
      await Deno.writeTextFile(`${folder}/a`, "0123456789");
      await assertRejects(() => read(`${folder}/a`, 9), DataError, "expected at most 9");
    }
  }));
