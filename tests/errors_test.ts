import { assertEquals } from "@std/assert";
import { nearest } from "../errors.ts";

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
