import { assertAlmostEquals, assertEquals } from "@std/assert";
import { weighTerms } from "../../../data/ingest/tf_idf.ts";

Deno.test("weighTerms() weighs by counts and rarity, and gives rows the length 1", () => {
  const { matrix, terms } = weighTerms(["red shoe red", "red hat", "", "hat shoe lone"]);
  assertEquals(terms, ["red", "shoe", "hat"]);
  assertEquals([...matrix.rowStart], [0, 2, 4, 4, 6]);
  assertEquals([...matrix.column], [0, 1, 0, 2, 1, 2]);
  // Each term is in two of the three texts with words: all are equally rare.
  const twice = 1 + Math.log(2);
  assertAlmostEquals(matrix.value[0], twice / Math.hypot(twice, 1), 1e-7);
  assertAlmostEquals(matrix.value[1], 1 / Math.hypot(twice, 1), 1e-7);
  for (const n of [2, 3, 4, 5]) assertAlmostEquals(matrix.value[n], Math.SQRT1_2, 1e-7);
});

Deno.test("weighTerms() gives rare terms more weight: 1+ln((1+n)/(1+d))", () => {
  const { matrix } = weighTerms(["a b", "a b", "a", "a"]);
  assertAlmostEquals(matrix.value[1] / matrix.value[0], 1 + Math.log(5 / 3), 1e-6);
});

Deno.test("weighTerms() leaves out terms that one text alone has", () => {
  const { matrix, terms } = weighTerms(["one one", "two"]);
  assertEquals([terms, matrix.columns, [...matrix.rowStart]], [[], 0, [0, 0, 0]]);
});

Deno.test("weighTerms() leaves out terms of more than half of the texts, if those are not few", () => {
  const texts = (common: number, all: number) =>
    Array.from({ length: all }, (_, n) => `${n < common ? "the " : ""}word${n % 5}`);
  const commonOf = (common: number, all: number) => weighTerms(texts(common, all)).common;
  assertEquals(commonOf(21, 41), ["the"]);
  assertEquals(commonOf(21, 42), []);
  assertEquals(commonOf(20, 20), []);
  // Texts without words are none of those that are counted.
  assertEquals(weighTerms([...texts(21, 41), ...Array(20).fill("")]).common, ["the"]);
  assertEquals(weighTerms(texts(30, 30)).terms, [0, 1, 2, 3, 4].map((n) => `word${n}`));
});
