import { assertEquals } from "@std/assert";
import { ownIdentifiers } from "../../../data/identifiers.ts";
import { readNewItemMeta } from "../../../data/ingest/new_item_meta.ts";

const tables = new URL("../table/columnar/", import.meta.url).pathname;

Deno.test("readNewItemMeta() says the same of items in Parquet and Arrow as in CSV", async () => {
  const itemIds = ownIdentifiers(["B1", "3000000002"], "items.csv");
  const fields = await Promise.all(["rows.csv", "snappy.parquet", "lz4.feather"].map(
    async (file) => {
      const sources = [{ name: "words", path: tables + file, idColumn: "item" }];
      const reading = { itemColumn: "item", textModalities: new Set(["words"]) };
      const meta = await readNewItemMeta(sources, itemIds, reading);
      return meta!.columns.map((column, n) => [column, meta!.fieldsOf(1)?.[n]]);
    },
  ));
  assertEquals(fields[0].find(([column]) => column === "words"), ["words", "w0"]);
  for (const other of fields.slice(1)) assertEquals(other, fields[0]);
});
