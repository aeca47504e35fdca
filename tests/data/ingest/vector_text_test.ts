import { assertEquals, AssertionError, assertStringIncludes } from "@std/assert";
import { notANumber, parseNumber, parseVector } from "../../../data/ingest/vector_text.ts";

Deno.test("parseVector() reads numbers between brackets, commas, semicolons and spaces", () => {
  for (
    const [text, values] of [
      ["[0.5, 2]", [0.5, 2]],
      ["[3,4]", [3, 4]],
      ["[12,99]", [12, 99]],
      ["1 2  3", [1, 2, 3]],
      ["[1 299]", [1, 299]],
      ["1 -299", [1, -299]],
      ["1.0 299", [1, 299]],
      ["(1;2)", [1, 2]],
      ["0.5,0.25", [0.5, 0.25]],
      ["1,2,3", [1, 2, 3]],
      ["-1e2, 5", [-100, 5]],
      ["[ 1.  2. ]", [1, 2]],
      ["12.5", [12.5]],
      ["[]", []],
    ] as const
  ) assertEquals(parseVector(text), [...values], text);
});

Deno.test("parseVector() refuses numbers with a comma or a space in them, which may be several", () => {
  for (
    const text of [
      ...["12,99", "1.299,00", "1,299.00", "100,200,300", "0,5;0,7", "0,5 0,7", "1 299,00"],
      ...["1 299", "-1\u00a0299", "12\u202f299\u202f000.50"],
    ]
  ) {
    const found = parseVector(text);
    if (Array.isArray(found)) throw new AssertionError(`${text} is read as ${found}`);
    assertStringIncludes(found.nextStep!, "decimal point");
  }
});

Deno.test("notANumber() says how a number has to be written", () => {
  const { nextStep } = notANumber("12,99");
  assertStringIncludes(nextStep!, "12.99 and not 12,99");
  for (const text of ["1 000", "1\u00a0000", "1'000", "1’000", "1_000", "−1000"]) {
    const [, bare] = /plain minus: (.*)$/.exec(notANumber(text).nextStep!)!;
    assertEquals(Math.abs(Number(bare)), 1000, text);
  }
  assertEquals(notANumber("1e39").what, "expected a finite number below 3.4e38");
  for (const text of ["", "nan", "Foo", "0x10", "2024-01-01"]) {
    const plain = { text, what: "expected a finite number", nextStep: undefined };
    assertEquals(notANumber(text), plain);
  }
});

Deno.test("parseNumber() takes decimal numbers alone", () => {
  for (const text of ["", "0x10", "1_000", "Infinity", "1e39", "nan", "12,99", "1 2", "--1"]) {
    assertEquals(parseNumber(text), undefined, text);
  }
  assertEquals(["-.5", "+1.", "1e-2"].map(parseNumber), [-0.5, 1, Math.fround(0.01)]);
});
