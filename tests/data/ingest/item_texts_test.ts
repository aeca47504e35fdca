import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { IdTable } from "../../../data/ingest/id_table.ts";
import { indexItems } from "../../../data/ingest/item_index.ts";
import { readItemTexts } from "../../../data/ingest/item_texts.ts";
import { DataError, UsageError } from "../../../errors.ts";

async function read(csv: string, columns: readonly string[], idColumn?: string) {
  const ids = new IdTable();
  for (const id of ["B1", "B2", "B3"]) ids.intern(new TextEncoder().encode(id), 0, 2);
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, csv);
    const items = indexItems(ids, new Uint32Array([2, 0]));
    return await readItemTexts({ name: "words", path, idColumn, columns }, items, "asin");
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readItemTexts() joins columns, keyed by the interactions' item column", async () => {
  const csv = 'title,asin,brand\n"Red, hat",B1,Acme\nblue,B2,\n,B3,\nx,B9,\n';
  const { texts, unknown, repeated, idColumn } = await read(csv, ["title", "brand"]);
  assertEquals(texts, ["", "Red, hat Acme"]);
  assertEquals([unknown, repeated, idColumn], [2, 0, "asin"]);
});

Deno.test("readItemTexts() takes an item's first row, so that interactions can be the table", async () => {
  const csv = "user,asin,title\na,B1,first\nb,B3,third\nc,B1,other\n";
  const { texts, repeated } = await read(csv, ["title"]);
  assertEquals([texts, repeated], [["third", "first"], 1]);
});

Deno.test("readItemTexts() says which texts may be none", async () => {
  const { texts, remarks } = await read("asin,a,b\nB1,NULL,hat\nB3,cap, nan\nB2,-,x\n", ["a", "b"]);
  assertEquals(texts, ["cap nan", "NULL hat"]);
  assertStringIncludes(String(remarks[0]), 'For 2 items a text is "NULL" or alike');
  assertEquals((await read("asin,a\nB1,-\nB3,annan\n", ["a"])).remarks, []);
});

Deno.test("readItemTexts() takes RecBole's typed columns by their bare names", async () => {
  const { texts } = await read("item_id:token\tmovie_title:token_seq\nB1\tToy Story\n", [
    "movie_title",
  ]);
  assertEquals(texts, ["", "Toy Story"]);
});

Deno.test("readItemTexts() takes another id column, and says which columns there are", async () => {
  const csv = "code,title\nB3,hat\n";
  assertEquals((await read(csv, ["title"], "code")).texts, ["hat", ""]);
  const untold = await assertRejects(() => read(csv, ["title"]), DataError) as DataError;
  assertStringIncludes(untold.message, 'there is none called "asin"');
  assertStringIncludes(untold.nextStep!, "FILE#ID_COLUMN:COLUMN");
  const misspelt = await assertRejects(() => read(csv, ["titel"], "code"), UsageError);
  assertStringIncludes((misspelt as UsageError).nextStep!, 'Did you mean "title"?');
  await assertRejects(() => read(csv, ["title"], "cod"), UsageError, 'has the columns "code"');
});
