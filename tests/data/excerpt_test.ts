import { assertEquals } from "@std/assert";
import { excerpt, excerptOfJson, excerptOfNames } from "../../data/excerpt.ts";

Deno.test("excerpt() cuts what is long, and never between the halves of a character", () => {
  assertEquals(excerpt("é".repeat(60)), "é".repeat(60));
  assertEquals(excerpt("é".repeat(61)), `${"é".repeat(60)}…`);
  assertEquals(excerpt(`${"a".repeat(59)}😀😀`), `${"a".repeat(59)}…`);
});

Deno.test("excerpt() stays on its line", () => {
  assertEquals(excerpt("a\nb\n"), "a\\nb\\n");
});

Deno.test("excerptOfJson() takes values of any depth", () => {
  const deep = JSON.parse("[".repeat(1e5) + "]".repeat(1e5));
  assertEquals(
    [deep, { a: deep }, "a\n", 1.5, null, undefined, true].map(excerptOfJson),
    ["a list", "an object", '"a\\n"', "1.5", "null", "undefined", "true"],
  );
});

Deno.test("excerptOfNames() counts what it leaves out", () => {
  assertEquals(excerptOfNames([]), "");
  assertEquals(excerptOfNames(["a", "b\n"]), '"a", "b\\n"');
  assertEquals(excerptOfNames(Array.from("abcdefghij")).slice(-14), '"h" and 2 more');
});
