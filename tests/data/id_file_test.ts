import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readIds, writeIds } from "../../data/id_file.ts";
import { DataError } from "../../errors.ts";

async function withFile(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/items.csv`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readIds() gives back any ids that writeIds() wrote", () =>
  withFile(async (path) => {
    const ids = [
      "a,b",
      ' "x" ',
      "007",
      "two\nlines",
      "😀 é",
      "NaN",
      "true",
      "1e5",
      "\ttab",
      "\ufeffbom",
    ];
    await writeIds(path, "itemID", ids);
    assertEquals(await readIds(path, "itemID"), ids);
    assertStringIncludes(await Deno.readTextFile(path), 'itemID,id\n0,"a,b"\n');
  }));

Deno.test("readIds() refuses other columns, gaps and repeated ids", () =>
  withFile(async (path) => {
    for (
      const [text, found] of [
        ["userID,id\n0,a\n", 'lacks the column "itemID"'],
        ["itemID,id,id\n0,a,b\n", 'two columns are named "id"'],
        ["itemID,id\n0,a\n2,b\n", 'row 1 has the itemID "2", expected 1'],
        ["itemID,id\n0,a\n1,a\n", 'rows 0 and 1 both have the id "a"'],
        ["itemID,id\n0,a\n1\n", "line 3 has 1 field, expected 2 (itemID, id)"],
        ['itemID,id\n0,"a\n', "line 2 opens a quote that is not closed"],
        ["itemID,id\n0,\n", "row 0 has an empty id"],
        [`itemID,id\n${"x".repeat(1e5)},a\n`, `has the itemID "${"x".repeat(60)}…"`],
        ["itemID,id\n", "found a header and no rows"],
      ]
    ) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(() => readIds(path, "itemID"), DataError) as DataError;
      assertStringIncludes(error.message, found);
    }
  }));
