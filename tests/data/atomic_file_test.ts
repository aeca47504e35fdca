import { assertEquals, assertRejects } from "@std/assert";
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { BandpassError } from "../../errors.ts";

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), (entry) => entry.name);
}

Deno.test("writeFileAtomically() writes and replaces files and leaves no other behind", async () => {
  const folder = await Deno.makeTempDir();
  await writeFileAtomically(`${folder}/a`, "first, and long");
  await writeFileAtomically(`${folder}/a`, "zweite ß");
  assertEquals(await Deno.readTextFile(`${folder}/a`), "zweite ß");
  await writeFileAtomically(`${folder}/a`, new Uint8Array([1, 0, 255]));
  assertEquals(await Deno.readFile(`${folder}/a`), new Uint8Array([1, 0, 255]));
  assertEquals(namesIn(folder), ["a"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeFileAtomically() keeps writers of one name apart", async () => {
  const folder = await Deno.makeTempDir();
  const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(50_000));
  await Promise.all(texts.map((text) => writeFileAtomically(`${folder}/a`, text)));
  assertEquals(texts.includes(await Deno.readTextFile(`${folder}/a`)), true);
  assertEquals(namesIn(folder), ["a"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeFileAtomically() removes its temporary file when it fails", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/a/inside`, { recursive: true });
  const error = await assertRejects(
    () => writeFileAtomically(`${folder}/a`, "x"),
    BandpassError,
    `Cannot write "${folder}/a"`,
  ) as BandpassError;
  assertEquals(error.exitCode, 1);
  assertEquals(namesIn(folder), ["a"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeFileAtomically() says that the folder does not exist", async () => {
  await assertRejects(
    () => writeFileAtomically("no/such/folder/a", "x"),
    BandpassError,
    "the file or its folder does not exist",
  );
});

Deno.test({
  name: "writeFileAtomically() says that Deno has no permission for the path",
  permissions: { read: true, write: false },
  fn: async () => {
    await assertRejects(
      () => writeFileAtomically("a", "x"),
      BandpassError,
      'Cannot write "a": Deno has no permission for this path',
    );
  },
});

Deno.test("writeFailure() says that the disk is full, read-only, or forbidden", () => {
  const withCode = (code: string) => Object.assign(new Error("os error"), { code });
  for (
    const [error, what] of [
      [withCode("ENOSPC"), "no space is left on the disk"],
      [withCode("EROFS"), "the file system is read-only"],
      [new Deno.errors.PermissionDenied("os error 13"), "permission denied"],
    ] as const
  ) {
    const failure = writeFailure("runs/a", error);
    assertEquals(failure.message, `Cannot write "runs/a": ${what}`);
    assertEquals(failure.exitCode, 1);
  }
});
