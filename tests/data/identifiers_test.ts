import { assertEquals, assertRejects } from "@std/assert";
import { writeIds } from "../../data/id_file.ts";
import { indices, readIdentifiers } from "../../data/identifiers.ts";
import { DataError } from "../../errors.ts";

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readIdentifiers() gives the user's own ids both ways, whatever is in them", () =>
  withFolder(async (folder) => {
    const ids = ["B001EYH3AG", "a,b", 'the "best"', "🎧 left", "two\nlines", "7", "007", " padded"];
    await writeIds(`${folder}/items.csv`, "itemID", ids);
    const found = await readIdentifiers(folder, "itemID", ids.length);
    assertEquals([found.count, found.own], [ids.length, true]);
    ids.forEach((id, index) => {
      assertEquals(found.idOf(index), id);
      assertEquals(found.indexOf(id), index);
    });
    assertEquals(found.indexOf(" a,b \t"), 1);
    assertEquals(found.indexOf("padded"), undefined);
    assertEquals(found.indexOf("0"), undefined);
    assertEquals(found.expected, `an id of "${folder}/items.csv"`);
  }));

Deno.test("readIdentifiers() gives indices where the dataset has no id file", () =>
  withFolder(async (folder) => {
    await writeIds(`${folder}/items.csv`, "itemID", ["a"]);
    const found = await readIdentifiers(folder, "userID", 8);
    assertEquals([found.own, found.expected], [false, "an integer from 0 to 7"]);
    assertEquals(found.idOf(7), 7);
    assertEquals(found.indexOf(" 7\r"), 7);
    for (const id of ["8", "-1", "1.0", "anna", "", "99999999999999999999", "1e0"]) {
      assertEquals(indices(8).indexOf(id), undefined, id);
    }
  }));

Deno.test("readIdentifiers() refuses an id file of another dataset", () =>
  withFolder(async (folder) => {
    await writeIds(`${folder}/users.csv`, "userID", ["a", "b"]);
    await assertRejects(
      () => readIdentifiers(folder, "userID", 3),
      DataError,
      `Cannot use "${folder}/users.csv": found 2 ids, expected 3 as in the .inter file`,
    );
  }));
