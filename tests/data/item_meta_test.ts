import { assertEquals, assertRejects } from "@std/assert";
import { indices, ownIdentifiers } from "../../data/identifiers.ts";
import { readItemMeta, writeItemMeta } from "../../data/item_meta.ts";
import { DataError } from "../../errors.ts";
import { withFolder } from "../recommender/shop.ts";

const ids = ownIdentifiers(["B1", "a,b", "B3"], "items.csv");

Deno.test("readItemMeta() reads what writeItemMeta() wrote, in any order and of any text", () =>
  withFolder(async (folder) => {
    const rows = [["B3", ' "x", y ', "2\r\n3"], ["unknown", "z", "1"], ["a,b", "", " "]];
    await writeItemMeta(`${folder}/items_meta.csv`, ["sku", "2024", "Title"], rows);
    const meta = (await readItemMeta(folder, ids))!;
    assertEquals(meta.columns, ["2024", "Title"]);
    assertEquals(meta.nameColumn, "Title");
    assertEquals([0, 1, 2].map((item) => meta.fieldsOf(item)), [
      undefined,
      ["", " "],
      [' "x", y ', "2\r\n3"],
    ]);
    assertEquals([0, 1, 2].map((item) => meta.nameOf(item)), [undefined, undefined, "2\r\n3"]);
  }));

Deno.test("readItemMeta() gives nothing where there is no such file, and names where there are", () =>
  withFolder(async (folder) => {
    assertEquals(await readItemMeta(folder, ids), undefined);
    await Deno.writeTextFile(`${folder}/items_meta.csv`, "itemID,price,brand\n1,3,x\n");
    const meta = (await readItemMeta(folder, indices(2)))!;
    assertEquals([meta.nameColumn, meta.nameOf(1), meta.fieldsOf(1)], [undefined, undefined, [
      "3",
      "x",
    ]]);
  }));

Deno.test("readItemMeta() refuses an item or a column that is there twice", () =>
  withFolder(async (folder) => {
    const refused = async (text: string, message: string) => {
      await Deno.writeTextFile(`${folder}/items_meta.csv`, text);
      await assertRejects(() => readItemMeta(folder, ids), DataError, message);
    };
    await refused("sku,title\nB1,x\nB3,y\nB1,z\n", 'line 4 repeats the item "B1"');
    await refused("sku,title,title\nB1,x,y\n", 'two columns are named "title"');
  }));
