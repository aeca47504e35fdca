import { assertEquals } from "@std/assert";
import { wrapped } from "../../../cli/common/note.ts";

Deno.test("wrapped() ends lines between words, and goes on further in", () => {
  assertEquals(wrapped("one two three four", 13), "one two three\n  four");
  assertEquals(wrapped("  one two three", 9), "  one two\n    three");
  assertEquals(wrapped("a/very/long/path of it", 8), "a/very/long/path\n  of it");
  assertEquals(wrapped("標題 標題 標題", 9), "標題 標題\n  標題");
  assertEquals(wrapped("rows   users", 80), "rows   users");
  assertEquals(wrapped("", 8), "");
});
