import { assertEquals } from "@std/assert";
import { wordParts } from "../../../data/ingest/word_parts.ts";

Deno.test("wordParts() gives runs of four characters of each word in brackets", () => {
  assertEquals(wordParts("Mounts a hat"), [
    "<mou",
    "moun",
    "ount",
    "unts",
    "nts>",
    "<a>",
    "<hat",
    "hat>",
  ]);
  assertEquals(wordParts(""), []);
});

Deno.test("wordParts() keeps words with digits whole, and characters outside of the first plane", () => {
  assertEquals(wordParts("M8 bolt500 1.5 kg").slice(0, 3), ["m8", "bolt500", "1.5"]);
  assertEquals(wordParts("𐐨𐐩𐐪"), ["<𐐨𐐩𐐪", "𐐨𐐩𐐪>"]);
  assertEquals(wordParts("無線マウス"), ["<無線>", "<マウス", "マウス>"]);
});
