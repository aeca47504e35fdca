import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fitTexts } from "../../../data/ingest/fit_texts.ts";

const texts = ["red shoe", "red hat", "blue shoe", "blue hat shoe"];

Deno.test("fitTexts() learns from known texts alone, and gives the others their features", () => {
  const later = ["hat hat blue", "green green tie", "tie green red"];
  const fitted = fitTexts([...texts, ...later], 3, new Uint8Array([1, 1, 1, 1, 0, 0, 0]));
  const before = fitTexts(texts, 3);
  assertEquals(fitted.terms, before.terms);
  assertEquals(fitted.inverse, before.inverse);
  assertEquals(fitted.directions, before.directions);
  assertEquals([...fitted.present], [1, 1, 1, 1, 1, 0, 1]);
  before.values.forEach((value, n) => assertAlmostEquals(fitted.values[n], value, 1e-6));
  assertEquals(fitted.values.length, 7 * before.columns);
});

Deno.test("fitTexts() finds nothing in texts of which no two share a word", () => {
  const { terms, columns, present, withWords } = fitTexts(["one", "two", ""], 2);
  assertEquals([terms, columns, [...present], withWords], [[], 0, [0, 0, 0], 2]);
});
