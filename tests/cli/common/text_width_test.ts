import { assertEquals } from "@std/assert";
import { cut, padEnd, padStart, widest } from "../../../cli/common/text_width.ts";

Deno.test("padEnd() and padStart() count the columns of a terminal, in any script", () => {
  // Two columns a character, and an accent that takes none.
  assertEquals([widest(["标题", "abc"]), widest(["e\u0301te\u0301"])], [4, 3]);
  assertEquals([padEnd("标题", 6), padStart("标题", 6)], ["标题  ", "  标题"]);
  assertEquals([padEnd("标题", 3), padStart("标题", 3)], ["标题", "标题"]);
});

Deno.test("cut() keeps what a width has room for, and no half of a character", () => {
  assertEquals([0, 1, 2, 3, 4, 9].map((columns) => cut("标题", columns)), [
    ...["", "", "标", "标", "标题", "标题"],
  ]);
  assertEquals([1, 2].map((columns) => cut("e\u0301t", columns)), ["e\u0301", "e\u0301t"]);
});
