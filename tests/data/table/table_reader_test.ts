import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { ByteSource } from "../../../data/table/byte_source.ts";
import { readTable } from "../../../data/table/table_reader.ts";
import { uniforms } from "../../../algebra/random_sequence.ts";
import { DataError } from "../../../errors.ts";

interface Table {
  readonly format: string;
  readonly names: readonly string[];
  readonly rows: string[][];
  readonly lines: number[];
  readonly blankLines: number;
}

async function read(contents: string | Uint8Array): Promise<Table> {
  const path = await Deno.makeTempFile();
  try {
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    await Deno.writeFile(path, bytes);
    let [format, names] = ["", [] as readonly string[]];
    const rows: string[][] = [];
    const lines: number[] = [];
    const decoder = new TextDecoder();
    const { blankLines } = await readTable(new ByteSource(path), {
      columns(found, kind) {
        [format, names] = [kind, found];
        return found.map((_, column) => column);
      },
      row({ bytes, start, end, line }) {
        rows.push(names.map((_, c) => decoder.decode(bytes.subarray(start[c], end[c]))));
        lines.push(line);
      },
    });
    return { format, names, rows, lines, blankLines };
  } finally {
    await Deno.remove(path);
  }
}

async function refusal(contents: string | Uint8Array): Promise<DataError> {
  return await assertRejects(() => read(contents), DataError) as DataError;
}

async function gzip(text: string): Promise<Uint8Array> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

const table = [["u 1", "i,1", "😀"], ["", 'say "hi"', "two\nlines"], ["é", " x ", ""]];
const csv = 'user,item,note\nu 1,"i,1",😀\n,"say ""hi""","two\nlines"\né," x ",\n';

Deno.test("readTable() reads quotes, line feeds in quotes, empty fields, spaces and emoji", async () => {
  const { format, names, rows, lines } = await read(csv);
  assertEquals([format, names], ["CSV", ["user", "item", "note"]]);
  assertEquals(rows, table);
  assertEquals(lines, [2, 3, 5]);
});

Deno.test("readTable() reads what @std/csv reads, of fields with anything in them", async () => {
  const uniform = uniforms(1);
  const pick = <T>(choices: ArrayLike<T>) => choices[Math.floor(uniform() * choices.length)];
  const field = () => {
    const text = Array.from(
      { length: pick([0, 1, 2, 5]) },
      () => pick(['"', ",", "\n", " ", "é", "x"]),
    )
      .join("");
    const mustBeQuoted = /[",\n]/.test(text);
    return mustBeQuoted || uniform() < 0.2 ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = Array.from({ length: 20_000 }, () => `${field()},${field()},${field()}\n`);
  const text = `a,b,c\n${lines.join("")}`;
  const found = await read(text);
  const [, ...expected] = parse(text);
  assertEquals(found.rows.length, expected.length);
  const wrong = found.rows.findIndex((row, n) => row.some((field, c) => field !== expected[n][c]));
  assertEquals(wrong, -1, JSON.stringify([found.rows[wrong], expected[wrong]]));
});

Deno.test("readTable() passes over a byte-order mark, CRLF, blank lines and a missing last end", async () => {
  const dressed = `\ufeff${csv.replaceAll("\n", "\r\n").trimEnd()}`.replace("\r\n", "\r\n\r\n\n");
  const { names, rows, blankLines } = await read(dressed);
  assertEquals(names, ["user", "item", "note"]);
  assertEquals(rows, table.map((row) => row.map((field) => field.replace("\n", "\r\n"))));
  assertEquals(blankLines, 2);
});

Deno.test("readTable() tells tabs, semicolons and bars from commas", async () => {
  for (
    const [delimiter, name] of [["\t", "TSV"], [";", "CSV with semicolons"], ["|", "CSV with"]]
  ) {
    const { format, rows } = await read(`a${delimiter}"b,c,d,e"\n1,5${delimiter}2\n`);
    assertStringIncludes(format, name);
    assertEquals(rows, [["1,5", "2"]]);
  }
});

Deno.test("readTable() reads NDJSON with missing keys, null, lists and escapes", async () => {
  const { format, names, rows, blankLines } = await read(
    '{"user":"u\\n1","item":5,"tags":["a","b"]}\n\n{"item":"é","user":null,"more":1}\r\n',
  );
  assertEquals([format, names], ["NDJSON", ["user", "item", "tags", "more"]]);
  assertEquals(rows, [["u\n1", "5", "a b", ""], ["", "é", "", "1"]]);
  assertEquals(blankLines, 1);
});

Deno.test("readTable() takes the line before the table that names the delimiter, in capitals too", async () => {
  for (const line of ["sep=;", "SEP=;", '"sep=;"']) {
    assertEquals((await read(`${line}\na;b\n1;2\n`)).names, ["a", "b"], line);
  }
});

Deno.test("readTable() names the line of JSON that it cannot take", async () => {
  for (
    const [text, found] of [
      ['{"a":1}\n{"a":\n', "line 2 is not JSON"],
      ['{"a":1}\n[1]\n', "line 2 is not a JSON object"],
      ['{"a":{"b":1}}\n', 'line 1 has "a" with an object'],
      ['{"a":"::"}\n{"a":1,"\\u0061":2}\n', 'line 2 has "a" twice'],
      ['{"a":"\\ud800"}\n', 'line 1 has "a" with half of a pair of surrogates'],
      ['{"a":[1,null]}\n', 'line 1 has "a" with a list with null in it'],
      ['{"a":[1,[2]]}\n', 'line 1 has "a" with a list with a list or an object in it'],
      ['{"a":1}\n{"a":12345678901234567890}\n', 'line 2 has "a" with a number too large'],
    ]
  ) assertStringIncludes((await refusal(text)).message, found);
});

Deno.test("readTable() unpacks gzip, of several parts too, and refuses a part of it", async () => {
  const whole = await gzip(csv);
  assertEquals((await read(whole)).rows, table);
  assertEquals(
    (await read(new Uint8Array([...whole, ...await gzip("x,y,z\n")]))).rows,
    [...table, ["x", "y", "z"]],
  );
  const cut = await refusal(whole.subarray(0, whole.length - 20));
  assertStringIncludes(cut.message, "the gzip data are damaged or cut off");
});

Deno.test("readTable() names the line of a row with too few or too many fields", async () => {
  const few = await refusal('a,b,c\n1,"2\n2",3\n\n4,5\n');
  assertStringIncludes(few.message, "line 5 has 2 fields, expected 3 (a, b, c)");
  const many = await refusal("a,b,c\n1,2,3\n6,7,8,9\n");
  assertStringIncludes(many.message, "line 3 has 4 fields, expected 3");
  assertStringIncludes(many.nextStep!, "double quotes");
});

Deno.test("readTable() names the line of a quote without its end and of text after one", async () => {
  const open = await refusal('a,b\n1,2\n3,"4\n5,6\n');
  assertStringIncludes(open.message, "line 3 opens a quote that is not closed");
  const after = await refusal('a,b\n1,"2"3\n');
  assertStringIncludes(after.message, "line 2 has text after a closing quote");
});

Deno.test("readTable() names the line that is not UTF-8, in the first block and far behind it", async () => {
  const encoder = new TextEncoder();
  for (const rows of [1, 100_000]) {
    const start = encoder.encode(`a,b\n${"één,😀\n".repeat(rows)}`);
    const error = await refusal(new Uint8Array([...start, 0x65, 0xe9, 44, 49, 10, 50, 44, 51, 10]));
    assertStringIncludes(error.message, `line ${rows + 2} is not UTF-8: "e\ufffd,1"`);
    assertStringIncludes(error.nextStep!, "iconv");
  }
});

Deno.test("readTable() reads rows that lie across blocks as those within one", async () => {
  const rows = Array.from({ length: 60_000 }, (_, n) => [`user ${n}`, n % 3 ? "😀,\n" : `"${n}"`]);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const found = await read(`a,b\n${rows.map((row) => row.map(quoted).join(",")).join("\n")}`);
  assert(found.rows.every((row, n) => row[0] === rows[n][0] && row[1] === rows[n][1]));
  assertEquals(found.rows.length, rows.length);
});

Deno.test("readTable() reads 65,536 columns, and refuses more", async () => {
  const wide = (columns: number) => `${"a,".repeat(columns - 1)}a\n${"1,".repeat(columns - 1)}2\n`;
  assertEquals((await read(wide(65_536))).rows[0].at(-1), "2");
  assertStringIncludes((await refusal(wide(65_537))).message, "found 65537 columns");
});

Deno.test("readTable() refuses what is no text or holds no row", async () => {
  for (
    const [bytes, found] of [
      [[0x50, 0x4b, 3, 4], "a zip archive"],
      [[0xff, 0xfe, 65, 0], "UTF-16"],
      [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
      [[], "nothing at all"],
      [[65, 44, 66, 10], "a header and no rows"],
    ] as const
  ) assertStringIncludes((await refusal(Uint8Array.from(bytes))).message, found);
});
