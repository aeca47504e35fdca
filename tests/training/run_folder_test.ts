import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError, UsageError } from "../../errors.ts";
import { configurationText } from "../../training/configuration.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { madeRecord } from "./records.ts";

/** A new folder with what is asked, as the working directory while it is used. */
async function within(folders: string[], use: (directory: string) => Promise<void>) {
  const [directory, before] = [await Deno.makeTempDir(), Deno.cwd()];
  try {
    for (const folder of folders) await Deno.mkdir(`${directory}/${folder}`);
    Deno.chdir(directory);
    await use(directory);
  } finally {
    Deno.chdir(before);
    await Deno.remove(directory, { recursive: true });
  }
}

const namesIn = (path: string) => Array.from(Deno.readDirSync(path), ({ name }) => name).sort();

Deno.test("RunFolder.create() makes the folder it is told and those above it, and no other", () =>
  within([], async (directory) => {
    for (const path of ["mine", "runs/a/b", "runs/c/", `${directory}/d`, "./e", "f//"]) {
      await RunFolder.create(path, madeRecord(), { deno: "x" });
      assertEquals(namesIn(path), ["config.json", "environment.json", "run.json"], path);
    }
    assertEquals(namesIn("."), ["d", "e", "f", "mine", "runs"]);
    assertEquals(namesIn("runs"), ["a", "c"]);
    const { configuration } = madeRecord();
    assertEquals(await new RunFolder("mine").configuration(), configurationText(configuration));
    assertEquals((await RunFolder.open("mine")).record, madeRecord());
  }));

Deno.test("RunFolder.create() refuses a folder that exists", () =>
  within(["mine"], async () => {
    await assertRejects(
      () => RunFolder.create("mine", madeRecord(), {}),
      UsageError,
      '"mine" exists',
    );
    assertEquals(namesIn("mine"), []);
  }));

Deno.test("configuration() says which folders stand beside one that is no run", () =>
  within(["first", "second"], async (directory) => {
    for (
      const [path, parent] of [
        ["none", "."],
        ["none/", "."],
        [`${directory}/none`, directory],
        [`${directory}/none//`, directory],
      ]
    ) {
      const error = await assertRejects(
        () => new RunFolder(path).configuration(),
        DataError,
        "there is no config.json",
      ) as DataError;
      assertStringIncludes(error.nextStep!, `"${parent}" has first, second`, path);
    }
    const error = await assertRejects(() => new RunFolder("no/such/run").configuration());
    assertStringIncludes((error as DataError).nextStep!, '"no/such" is no folder');
  }));
