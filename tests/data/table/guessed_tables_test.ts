import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ByteSource } from "../../../data/table/byte_source.ts";
import { fieldText, type QuoteRule } from "../../../data/table/table.ts";
import { flags } from "../../../cli/common/flags.ts";
import { readTable } from "../../../data/table/table_reader.ts";
import { DataError, inWords } from "../../../errors.ts";

async function read(contents: string | Uint8Array, quote?: QuoteRule) {
  const path = await Deno.makeTempFile();
  try {
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    await Deno.writeFile(path, bytes);
    let names: readonly string[] = [];
    const rows: string[][] = [];
    const { remarks } = await readTable(new ByteSource(path), {
      columns: (found) => (names = found).map((_, column) => column),
      row: (row) => rows.push(names.map((_, column) => fieldText(row, column))),
    }, quote);
    return { names, rows, remarks: remarks.map((remark) => inWords(remark, flags)).join("\n") };
  } finally {
    await Deno.remove(path);
  }
}

async function refusal(contents: string | Uint8Array): Promise<string> {
  const error = await assertRejects(() => read(contents), DataError) as DataError;
  return `${error.message}\n${error.nextStep}`;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

Deno.test("readTable() takes quotation marks of TSV that quote nothing for part of the field", async () => {
  const { rows, remarks } = await read(
    'user\titem\tquery\nu1\tB\t"nike air\nu2\tA\tblue\nu2\tC\tair max"\nu3\tB\t"Great" Cats\nu4\tA\t"',
  );
  assertEquals(rows, [
    ["u1", "B", '"nike air'],
    ["u2", "A", "blue"],
    ["u2", "C", 'air max"'],
    ["u3", "B", '"Great" Cats'],
    ["u4", "A", '"'],
  ]);
  assertStringIncludes(remarks, "3 rows, the first on line 2 (--quote double");
});

Deno.test("readTable() reads TSV whose fields are quoted as CSV has it", async () => {
  const { rows, remarks } = await read(
    'a\tb\tc\n1\t2\t"a\tb"\n1\t2\t"c\n\nd"\n1\t"say ""x"""\t""\r\n1\t2\t"x"\n',
  );
  assertEquals(rows, [["1", "2", "a\tb"], ["1", "2", "c\n\nd"], ["1", 'say "x"', ""], [
    "1",
    "2",
    "x",
  ]]);
  assertEquals(remarks, "");
});

Deno.test("readTable() decides on a mark whose next line is in the next block", async () => {
  // Lines of 16 bytes fill blocks of 2^18 bytes: a mark is on the last line of the first one.
  const lines = Array.from({ length: 40_000 }, (_, n) => `u\t${String(n).padStart(13, "0")}\n`);
  lines[16_382] = `u\t"${"x".repeat(12)}\n`;
  const { rows } = await read(`a\t${"b".repeat(13)}\n${lines.join("")}`);
  assertEquals([rows.length, rows[16_382][1], rows[16_383][1]], [
    40_000,
    `"${"x".repeat(12)}`,
    "0000000016383",
  ]);
});

Deno.test("readTable() takes --quote none and double for what they say", async () => {
  const csv = 'user,query\na,"x\nb,y"\n';
  assertEquals((await read(csv, "none")).rows, [["a", '"x'], ["b", 'y"']]);
  const { rows, remarks } = await read(csv);
  assertEquals(rows, [["a", "x\nb,y"]]);
  assertStringIncludes(
    remarks,
    "1 row, the first on line 2. If the marks quote nothing, add --quote",
  );
  const tsv = 'user\tquery\na\t"x\nb\ty"\n';
  assertEquals((await read(tsv, "double")).rows, [["a", "x\nb\ty"]]);
});

Deno.test("readTable() leaves out repeated headers and byte-order marks, and counts them", async () => {
  const part = (user: string) => `\ufeff"user",item\n${user},a\n${user},user\n`;
  const { names, rows, remarks } = await read(part("u1") + part("u2") + "\ufeffu3,item\n");
  assertEquals(names, ["user", "item"]);
  assertEquals(rows, [["u1", "a"], ["u1", "user"], ["u2", "a"], ["u2", "user"], ["u3", "item"]]);
  assertStringIncludes(remarks, "Left out: 1 row repeating the column names");
  assertStringIncludes(remarks, "(line 4)");
  assertStringIncludes(remarks, "a byte-order mark before 2 rows");
});

Deno.test("readTable() reads a sep= line, and spaces after delimiters where the header has them", async () => {
  assertEquals(await read("sep=;\r\nuser;item\r\na,1;b\r\n"), {
    names: ["user", "item"],
    rows: [["a,1", "b"]],
    remarks: "",
  });
  const { rows, remarks } = await read('user, item, title\nu1, A , "Red, big "\nu2,B,\n');
  assertEquals(rows, [["u1", "A", "Red, big "], ["u2", "B", ""]]);
  assertStringIncludes(remarks, "Spaces around fields are left out");
});

Deno.test("readTable() says why a row may have another number of fields", async () => {
  const trailing = await refusal("user,item\n1,2,\n");
  assertStringIncludes(trailing, "it ends in a delimiter, which the first line does not");
  assertStringIncludes(trailing, "sed 's/,$//' FILE");
  assertStringIncludes(await refusal("a\tb\n1\t2\t\n"), "sed 's/\\t$//' FILE");
  assertStringIncludes(await refusal("user,item\n# nodes\n1,2\n"), "grep -v '^#' FILE");
  assertStringIncludes(await refusal("user,item,\n1,2\n"), "sed '1s/,$//' FILE");
  assertStringIncludes(
    await refusal('a,b\nx, "y, z"\n'),
    "there is a space before a quotation mark",
  );
});

Deno.test("readTable() takes keys that only later objects have", async () => {
  const { names, rows } = await read('{"a":1}\n{"a":2,"b":3}\n{"b":4}\n');
  assertEquals([names, rows], [["a", "b"], [["1", ""], ["2", "3"], ["", "4"]]]);
  const objects = Array.from({ length: 1500 }, (_, n) => `{"a":${n}}\n`).join("");
  assertEquals((await read(objects)).rows.length, 1500);
});

Deno.test("readTable() says what to do about JSON of another form", async () => {
  for (const text of ['[{"a":1}]\n', "[\n  {\n", "[]"]) {
    assertStringIncludes(
      await refusal(text),
      "found a JSON array, expected one JSON object per line",
    );
  }
  assertStringIncludes(await refusal('[["a","b"]]\n'), "jq -c '.[] | {user: .[0]");
  assertStringIncludes(await refusal('["a","b"]\n["c","d"]\n'), "jq -c '{user: .[0]");
  assertStringIncludes(await refusal('{\n "a": 1\n}\n'), "jq -c . FILE");
  // Names of columns in brackets are no JSON.
  assertEquals((await read("[user],[item]\n1,2\n")).names, ["[user]", "[item]"]);
});

Deno.test("readTable() knows other formats by their first bytes, in gzip too", async () => {
  const bytes = (text: string, at = 0) => {
    const file = new Uint8Array(1024);
    file.set(Array.from(text, (letter) => letter.charCodeAt(0)), at);
    return file;
  };
  for (
    const [file, found, next] of [
      [bytes("BZh91AY&SY"), "a bzip2 file", "bzip2 -dk"],
      [bytes("\xfd7zXZ\0"), "an xz file", "xz -dk"],
      [bytes("\x28\xb5\x2f\xfd"), "a Zstandard file", "zstd -d"],
      [bytes("ustar", 257), "a tar archive", "tar -xf"],
      [bytes("SQLite format 3\0"), "a SQLite database", "sqlite3"],
      [bytes("\x80\x04\x95"), "a Python pickle", "pandas.read_pickle"],
      [bytes("ARROW1\0\0"), "an Arrow (Feather) file", "pandas.read_feather"],
      [bytes("\x1f\x9d\x90"), "a compress (.Z) file", "gzip -dc"],
      [bytes("\xd0\xcf\x11\xe0"), "an Excel or other Office file", "as CSV"],
      [bytes("<!DOCTYPE html>"), "a web page", "Download the file itself"],
      [
        bytes("version https://git-lfs.github.com/spec/v1\n"),
        "a Git LFS pointer",
        "git lfs pull",
      ],
      [bytes("u\0s\0e\0r\0,\0i\0\n\0").slice(0, 14), "UTF-16 text", "UTF-16LE"],
      [bytes("\0u\0s\0e\0r\0,\0i\0\n").slice(0, 14), "UTF-16 text", "UTF-16BE"],
      [bytes("\x01\0\0\0,\n"), "zero bytes", "in UTF-8"],
      [bytes("\x93NUMPY"), "a NumPy array", 'with "features"'],
    ] as const
  ) {
    for (const text of [found, next]) assertStringIncludes(await refusal(file), text);
  }
  const packed = await refusal(await gzip(bytes("ustar", 257)));
  assertStringIncludes(packed, "a tar archive in the gzip file");
  assertStringIncludes(
    await refusal(await gzip(new Uint8Array([0x1f, 0x8b, 8]))),
    "Unpack it twice",
  );
  assertEquals((await read("user,item\nu\0,2\n")).rows, [["u\0", "2"]]);
  assertEquals((await read("ORCID,PARENT\n1,2\n")).rows, [["1", "2"]]);
});
