import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parquetWriteBuffer } from "hyparquet-writer";
import { itemColumnOf, passingItems, readStockList } from "../../../cli/recommend/stock_list.ts";
import { ownIdentifiers } from "../../../data/identifiers.ts";
import { readItemMeta, writeItemMeta } from "../../../data/item_meta.ts";
import { BandpassError } from "../../../errors.ts";
import { withFolder } from "../../recommender/shop.ts";

const items = ownIdentifiers(["B1", "B2", "item"], "items.csv");

/** The ids that are read of a text, and the notes. */
function reading(
  text: string | Uint8Array<ArrayBuffer>,
  options: { idColumn?: string; filter?: string } = {},
  itemColumn = "asin",
): Promise<{ ids: string[]; notes: readonly string[] }> {
  const result = Promise.withResolvers<{ ids: string[]; notes: readonly string[] }>();
  withFolder(async (folder) => {
    const path = `${folder}/stock.csv`;
    await Deno.writeFile(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
    const { ids, notes } = await readStockList({ path, ...options }, items, itemColumn);
    const named = notes.map((note) => note.replaceAll(path, "FILE"));
    result.resolve({ ids: ids.map(({ id }) => id), notes: named });
  }).catch(result.reject);
  return result.promise;
}

const refusal = async (...args: Parameters<typeof reading>) => {
  const { message, nextStep } = await assertRejects(() => reading(...args), BandpassError);
  return `${message.replaceAll(/"\/[^"]*stock.csv"/g, "FILE")}\n${nextStep}`;
};

Deno.test("a list of ids is taken as it stands, a table by its column of items", async () => {
  assertEquals(await reading("B1\na,b\n\nB1\n"), { ids: ["B1", "a,b"], notes: [] });
  // An item may be called as columns of items are.
  assertEquals((await reading("item\nB1\n")).ids, ["item", "B1"]);
  const guessed = "(guessed; change with --items FILE#ID_COLUMN)";
  assertEquals(await reading("title,asin\nRed hat,B1\nBlue hat,B2\nAgain,B1\n"), {
    ids: ["B1", "B2"],
    notes: [`Reading FILE, CSV: item "asin" ${guessed}`],
  });
  assertEquals((await reading("Article No;n\nB1;4\n", {}, "article_no")).ids, ["B1"]);
  assertEquals((await reading("sku\nB1\n")).ids, ["B1"]);
  assertEquals((await reading('{"asin":"B1","more":{"a":1}}\n')).ids, ["B1"]);
  assertEquals((await reading("code\tB\nB1\t4\n", { idColumn: "code" })).ids, ["B1"]);
  const gzip = new Blob(["asin,n\nB2,1\n"]).stream().pipeThrough(new CompressionStream("gzip"));
  assertEquals((await reading(new Uint8Array(await new Response(gzip).arrayBuffer()))).ids, ["B2"]);
});

Deno.test("a table may be Parquet, a folder or a pattern", () =>
  withFolder(async (folder) => {
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: "asin", data: ["B1", "B2"], type: "STRING" },
        { name: "stock", data: [0, 3], type: "INT32" },
      ],
    });
    await Deno.writeFile(`${folder}/1.parquet`, new Uint8Array(parquet));
    await Deno.mkdir(`${folder}/parts`);
    await Deno.writeTextFile(`${folder}/parts/1.csv`, "asin,stock\nB2,1\n");
    await Deno.writeTextFile(`${folder}/parts/2.csv`, "asin,stock\nB1,0\n");
    const read = async (path: string, filter?: string) =>
      (await readStockList({ path: `${folder}/${path}`, filter }, items, "asin")).ids;
    const idsOf = async (...args: Parameters<typeof read>) =>
      (await read(...args)).map(({ id }) => id);
    assertEquals(await idsOf("1.parquet"), ["B1", "B2"]);
    assertEquals(await idsOf("1.parquet", "stock > 0"), ["B2"]);
    assertEquals(await idsOf("parts", "stock > 0"), ["B2"]);
    assertEquals(await idsOf("parts/*.csv"), ["B2", "B1"]);
    assertEquals((await read("1.parquet"))[1].place, "row 2 (row group 1)");
  }));

Deno.test("a filter keeps items of which one row passes", async () => {
  const text = "asin,stock,place\nB1,0,North\nB2,3,North\nB1,2,South\nB3,0,South\n";
  const { ids, notes } = await reading(text, { filter: "stock > 0" });
  assertEquals(ids, ["B2", "B1"]);
  assertEquals(notes.at(-1), "2 of 4 rows of FILE pass stock > 0");
  assertEquals(
    await refusal(text, { filter: "stock > 9" }),
    'Cannot use --filter "stock > 9": none of the 4 rows of FILE passes\n' +
      "Loosen it, or check the columns that it uses",
  );
});

Deno.test("a table without a column of items, and a list with a filter, say what is missing", async () => {
  const text = "code,stock\nB1,4\n";
  const unknown = await refusal(text, { filter: "stock > 0" });
  assertStringIncludes(unknown, 'holds the item: there is none called "asin"');
  assertStringIncludes(unknown, "FILE#ID_COLUMN");
  assertStringIncludes(await refusal(text, { idColumn: "cod" }), 'Did you mean "code"?');
  assertStringIncludes(
    await refusal("B1\nB2\n", { filter: "stock > 0" }),
    'Cannot use --filter with FILE: its first line has one field, "B1", expected column',
  );
  assertStringIncludes(await refusal("\n\n"), "found no ids");
});

Deno.test("the item column is that of the interactions, where the dataset says it", () =>
  withFolder(async (folder) => {
    assertEquals(await itemColumnOf(folder), "itemID");
    const description = { interactions: { columns: { user: "u", item: "Article No" } } };
    await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(description));
    assertEquals(await itemColumnOf(folder), "Article No");
  }));

Deno.test("passingItems() gives the items of which what the dataset knows passes", () =>
  withFolder(async (folder) => {
    const rows = [["item", "9"], ["B1", "30"], ["B7", "1"]];
    await writeItemMeta(`${folder}/items_meta.csv`, ["sku", "price"], rows);
    const meta = (await readItemMeta(folder, items))!;
    const { indices, notes } = passingItems(meta, 3, "price < 20");
    assertEquals([...indices], [2]);
    const path = `${folder}/items_meta.csv`;
    assertEquals(notes, [
      `1 of 2 rows of ${path} pass price < 20`,
      `1 item without a row in ${path} left out`,
    ]);
  }));
