import { assertEquals } from "@std/assert";
import { IdTable } from "../../../data/ingest/id_table.ts";

const encoder = new TextEncoder();

function intern(table: IdTable, id: string): number {
  const bytes = encoder.encode(`<${id}>`);
  return table.intern(bytes, 1, bytes.length - 1);
}

Deno.test("IdTable numbers ids in order of first appearance, through many growths", () => {
  const table = new IdTable();
  const reference = new Map<string, number>();
  for (let n = 0; n < 50_000; n++) {
    const id = `item ${(n * 7919) % 20_011}`;
    if (!reference.has(id)) reference.set(id, reference.size);
    if (intern(table, id) !== reference.get(id)) throw new Error(`${id} at ${n}`);
  }
  assertEquals(table.size, reference.size);
  for (const [id, index] of reference) {
    if (table.id(index) !== id || table.indexOf(id) !== index) throw new Error(id);
  }
});

Deno.test("IdTable keeps any text apart from any other", () => {
  const table = new IdTable();
  const ids = [
    "a",
    "A",
    " a",
    "a ",
    "😀",
    "\ufeffa",
    "e\u0301",
    "é",
    "a,b",
    "0",
    "00",
    "x".repeat(5000),
  ];
  assertEquals(ids.map((id) => intern(table, id)), ids.map((_, n) => n));
  assertEquals(ids.map((_, n) => table.id(n)), ids);
  assertEquals(table.indexOf("b"), -1);
});
