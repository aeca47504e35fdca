import { assertEquals, assertRejects } from "@std/assert";
import { passwordFromFile } from "../../../cli/push/passfile.ts";
import { DataError } from "../../../errors.ts";

const target = {
  host: "db",
  port: 5432,
  database: "shop",
  user: "ann",
  protection: "verified",
} as const;

async function withFile(text: string, use: (path: string) => Promise<void>, mode = 0o600) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    await Deno.chmod(path, mode);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("passwordFromFile() gives that of the first line that is of the database", () =>
  withFile(
    "#db:5432:shop:ann:a comment\n\nother:*:*:*:x\ndb:5433:*:*:x\r\ndb:*:shop:an\\n:a\\:b\\\\c:d\n*:*:*:*:late\n",
    async (path) => {
      assertEquals(await passwordFromFile(path, target), "a:b\\c:d");
      assertEquals(await passwordFromFile(path, { ...target, user: "bob" }), "late");
      assertEquals(await passwordFromFile(path, { ...target, port: 5433 }), "x");
    },
  ));

Deno.test("passwordFromFile() refuses a file that others can read, and one without the database", async () => {
  await withFile("*:*:*:*:hunter2\n", async (path) => {
    await assertRejects(() => passwordFromFile(path, target), DataError, "other users may read");
  }, 0o640);
  await withFile("db:5432:shop:bob:hunter2\nhunter2\n", async (path) => {
    const refused = await assertRejects(
      () => passwordFromFile(path, target),
      DataError,
      "no line is of ann@db:5432/shop",
    );
    assertEquals(refused.message.includes("hunter2"), false);
  });
  await assertRejects(() => passwordFromFile("/nonexistent", target), DataError, "/nonexistent");
  // A folder is none, whoever may read it, and nobody is told to shut it.
  const folder = await Deno.makeTempDir();
  const refused = await assertRejects(() => passwordFromFile(folder, target), DataError, folder);
  assertEquals(refused.nextStep?.includes("chmod"), false);
  await Deno.remove(folder);
});
