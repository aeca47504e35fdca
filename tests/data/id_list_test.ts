import { assertEquals, assertThrows } from "@std/assert";
import { parseIdLines, parseIdRow } from "../../data/id_list.ts";
import { DataError } from "../../errors.ts";

Deno.test("parseIdLines() reads an id a line as it stands, each once", () => {
  const listed = parseIdLines("\uFEFF7\r\n\n 0 \na,b\n🎧 left\n7\nlast", "users.txt");
  assertEquals(listed, [
    { id: "7", place: "line 1" },
    { id: " 0 ", place: "line 3" },
    { id: "a,b", place: "line 4" },
    { id: "🎧 left", place: "line 5" },
    { id: "last", place: "line 7" },
  ]);
});

Deno.test("parseIdLines() reads quoted fields of CSV, and counts the lines within them", () => {
  const listed = parseIdLines(
    '"a,b"\n"two\nlines"\r\n"the ""best"""\n5" pipe\n\t"pad" \n  no pad',
    "users.txt",
  );
  assertEquals(listed, [
    { id: "a,b", place: "line 1" },
    { id: "two\nlines", place: "line 2" },
    { id: 'the "best"', place: "line 4" },
    { id: '5" pipe', place: "line 5" },
    { id: "pad", place: "line 6" },
    { id: "  no pad", place: "line 7" },
  ]);
});

Deno.test("parseIdLines() refuses a list without an id, and a quote without an end", () => {
  for (const text of ["", "\n \r\n", "\uFEFF"]) {
    assertThrows(() => parseIdLines(text, "stdin"), DataError, '"stdin": found no ids');
  }
  assertThrows(
    () => parseIdLines('good\n"bad\n', "users.txt"),
    DataError,
    'Cannot read "users.txt": line 2 opens a quote that is not closed',
  );
  assertThrows(
    () => parseIdLines('good\n"two\nlines" more\n', "users.txt"),
    DataError,
    'Cannot read "users.txt": line 3 has text after a closing quote',
  );
  assertThrows(() => parseIdRow('a,"b', "--history"), DataError, "opens a quote");
});

Deno.test("parseIdRow() parts ids at commas but those within quotes", () => {
  assertEquals(parseIdRow('14, "a,b" ,the "best",14,,"say ""hi"""', "--history"), [
    { id: "14", place: "item 1" },
    { id: "a,b", place: "item 2" },
    { id: 'the "best"', place: "item 3" },
    { id: 'say "hi"', place: "item 6" },
  ]);
  assertThrows(() => parseIdRow(" , ", "--history"), DataError, '"--history": found no ids');
});
