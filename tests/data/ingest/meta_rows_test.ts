import { assertEquals, assertRejects } from "@std/assert";
import { IdTable } from "../../../data/ingest/id_table.ts";
import { indexItems } from "../../../data/ingest/item_index.ts";
import { readMetaRows } from "../../../data/ingest/meta_rows.ts";
import { nameColumn } from "../../../data/ingest/name_column.ts";
import { BandpassError } from "../../../errors.ts";
import { withFolder } from "../../recommender/shop.ts";

/** Items B0, B1 and B2 of the interactions, of which B1 was left out. */
function items() {
  const ids = new IdTable();
  for (const id of ["B0", "B1", "B2"]) ids.intern(new TextEncoder().encode(id), 0, 2);
  return indexItems(ids, new Uint32Array([0, 2]));
}

async function read(text: string, idColumn?: string) {
  let found: Awaited<ReturnType<typeof readMetaRows>>;
  await withFolder(async (folder) => {
    const path = `${folder}/items.csv`;
    await Deno.writeTextFile(path, text);
    found = await readMetaRows({ path, idColumn }, items(), "asin");
  });
  return found!;
}

Deno.test("readMetaRows() keeps all columns of the dataset's items, the id first", async () => {
  const found = await read(
    "title:token_seq,,asin:token,price\nTwo,0,B2,5\nOne,1,B1,3\nNew,2,B9,1\nAgain,3,B2,7\n",
  );
  assertEquals(found.columns, ["asin", "title", "price"]);
  assertEquals(found.rows, [["B2", "Two", "5"]]);
  assertEquals(found.missing, ["B0"]);
  assertEquals([found.unknown, found.repeated, found.repeatedId], [2, 1, "B2"]);
  assertEquals((await read("a,asin,code\nx,B9,B2\ny,B8,B0\n", "code")).rows, [
    ["B0", "y", "B8"],
    ["B2", "x", "B9"],
  ]);
});

Deno.test("readMetaRows() keeps objects in objects, and says which keys came too late", async () => {
  const many = '{"asin":"B0","details":{"colour":["red",{}]}}\n'.repeat(1000);
  const found = await read(`${many}{"asin":"B2","late":1}\n`);
  assertEquals(found.rows, [["B0", '{"colour":["red",{}]}'], ["B2", ""]]);
  assertEquals(found.remarks, [
    'Left out: the key "late", which none of the first objects has (line 1001)',
  ]);
});

Deno.test("readMetaRows() refuses a table that says nothing of the items", async () => {
  const cases: [string, string, string?][] = [
    ["asin,title\nB7,x\n", "it has no row for any of the 2 items"],
    ["asin\nB0\n", 'no named column besides the ids "asin"'],
    ["asin,a,a\nB0,x,y\n", 'two columns are named "a"'],
    ["code,title\nB0,x\n", 'there is none called "asin"'],
    ["asin,title\nB0,x\n", 'has the columns "asin", "title"', "code"],
  ];
  for (const [text, message, idColumn] of cases) {
    await assertRejects(() => read(text, idColumn), BandpassError, message);
  }
});

Deno.test("nameColumn() finds the column with names, or the only one", () => {
  const cases: [string[], string | undefined][] = [
    [["price", "name", "Title"], "Title"],
    [["Product Name", "brand"], "Product Name"],
    [["colour"], "colour"],
    [["colour", "price"], undefined],
    [[], undefined],
  ];
  for (const [columns, found] of cases) assertEquals(nameColumn(columns), found);
});
