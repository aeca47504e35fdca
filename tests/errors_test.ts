import { assertEquals } from "@std/assert";
import { DataError, nearest } from "../errors.ts";

Deno.test("nearest() finds what differs by few edits, whatever the case", () => {
  const models = ["popularity", "bpr", "lightgcn", "freedom"];
  for (
    const [word, expected] of [
      ["lightgnc", "lightgcn"],
      ["LightGCN", "lightgcn"],
      ["bp", "bpr"],
      ["bqqr", "bpr"],
      ["xyz", undefined],
      ["freed", "freedom"],
      ["free", undefined],
      // A long word may differ by a third of its letters.
      ["popularities", "popularity"],
      ["", undefined],
    ] as const
  ) assertEquals(nearest(word, models), expected, word);
});

Deno.test("nearest() keeps the first of equally near candidates", () => {
  assertEquals(nearest("cat", ["bat", "hat"]), "bat");
  assertEquals(nearest("cat", []), undefined);
});

Deno.test("nearest() takes no time for what is no name", () => {
  assertEquals(nearest("a".repeat(1e6), ["a".repeat(1e6)]), undefined);
});

Deno.test("messages write out what a terminal obeys, but for the ends of lines", () => {
  const error = new DataError("a\u001b[2J\tb\r\nc", "d\u0000\u009b");
  assertEquals(error.message, "a\\u001b[2J\\tb\\r\nc");
  assertEquals(error.nextStep, "d\\u0000\\u009b");
  // What turns the direction of writing makes a name look like another one.
  assertEquals(new DataError("\u202etxt.exe\u2069").message, "\\u202etxt.exe\\u2069");
});

Deno.test("nearest() takes nothing for near that shares no letter", () => {
  assertEquals(nearest("ls", ["b", "of"]), undefined);
});
