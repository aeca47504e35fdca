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

Deno.test("excerpt() is as short where what it quotes is written out", () => {
  assertEquals(excerpt("\0".repeat(61)), `${"\\u0000".repeat(10)}…`);
  assertEquals(excerpt("\t\x1b[2J"), "\\t\\u001b[2J");
});

Deno.test("excerptOfNames() lists fewer where they are long", () => {
  const names = Array.from({ length: 8 }, () => "a".repeat(100));
  assertEquals(
    excerptOfNames(names),
    `"${"a".repeat(60)}…", `.repeat(3).slice(0, -2) + " and 5 more",
  );
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
