import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readInteractions } from "../../data/interactions.ts";
import { DataError } from "../../errors.ts";

async function read(contents: string | Uint8Array) {
  const path = await Deno.makeTempFile({ suffix: ".inter" });
  try {
    await Deno.writeFile(
      path,
      typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
    );
    return await readInteractions(path);
  } finally {
    await Deno.remove(path);
  }
}

const header = "userID\titemID\tx_label\n";

Deno.test("readInteractions() finds columns by name and keeps file order within a split", async () => {
  const table = await read(
    "timestamp\titemID\tx_label\tuserID\n7\t4\t0\t2\n8\t1\t2\t0\n9\t3\t0\t1\n1\t0\t1\t2\n",
  );
  assertEquals(table, {
    users: 3,
    items: 5,
    train: { users: new Uint32Array([2, 1]), items: new Uint32Array([4, 3]) },
    valid: { users: new Uint32Array([2]), items: new Uint32Array([0]) },
    test: { users: new Uint32Array([0]), items: new Uint32Array([1]) },
  });
});

Deno.test("readInteractions() accepts a byte-order mark, CRLF, and any end of the file", async () => {
  const expected = await read(header + "0\t1\t0\n1\t0\t1\n");
  for (
    const text of [
      "\ufeff" + header + "0\t1\t0\n1\t0\t1",
      (header + "0\t1\t0\n1\t0\t1\n").replaceAll("\n", "\r\n"),
      header + "0\t1\t0\n1\t0\t1\n\n\r\n",
    ]
  ) {
    assertEquals(await read(text), expected);
  }
});

Deno.test("readInteractions() joins lines that span the blocks of a stream", async () => {
  const rows = Array.from({ length: 40_000 }, (_, n) => `${n % 200}\t${Math.floor(n / 200)}\t0`);
  const table = await read(header + rows.join("\n"));
  assertEquals([table.users, table.items, table.train.users.length], [200, 200, 40_000]);
  assertEquals(table.train.items.at(-1), 199);
  assertEquals(table.train.users[12_345], 12_345 % 200);
});

/** Name, contents, what the message says, what the next step says. */
const refused: [string, string, string, string][] = [
  ["an empty file", "", "found nothing at all", "userID, itemID and x_label"],
  ["a header alone", header, "found a header and no rows", "userID"],
  [
    "a column twice",
    "userID\titemID\titemID\tx_label\n0\t0\t1\t0\n",
    'two columns are named "itemID"',
    "Give each column a name of its own",
  ],
  [
    "a missing column",
    "userID\titem\tx_label\n0\t0\t0\n",
    'line 1 lacks the column "itemID", found "userID", "item", "x_label"',
    "Separate columns by tabs",
  ],
  [
    "a header with commas",
    "userID,itemID,x_label\n0,0,0\n",
    'lacks the columns "userID", "itemID", "x_label", found "userID,itemID,x_label"',
    "Separate columns by tabs",
  ],
  [
    "an id that is not an integer",
    header + "0\t0\t0\n1.5\t0\t0\n",
    'line 3 has userID "1.5", which is not an integer',
    "0, 1, 2",
  ],
  [
    "an empty id",
    header + "0\t\t0\n",
    'line 2 has itemID "", which is not an integer',
    "0, 1, 2",
  ],
  ["a negative id", header + "0\t-4\t0\n", "line 2 has the negative itemID -4", "0, 1, 2"],
  [
    "an id beyond 32 bits",
    header + "99999999999\t0\t0\n",
    "line 2 has the userID 99999999999, which is too large",
    "without gaps",
  ],
  [
    "ids that are no indices",
    header + "0\t0\t0\n1\t123456\t0\n",
    "line 3 has the itemID 123456 in a file of 2 rows",
    "without gaps",
  ],
  [
    "ids far beyond the rows",
    header + Array.from({ length: 5000 }, (_, n) => `${n === 3 ? 51_000 : n}\t${n}\t0\n`).join(""),
    "line 5 has the userID 51000 in a file of 5000 rows",
    "without gaps",
  ],
  [
    "an id of a million characters",
    header + `0\t${"x".repeat(1e6)}\t0\n`,
    `line 2 has itemID "${"x".repeat(60)}…", which is not an integer`,
    "0, 1, 2",
  ],
  [
    "a number of a million digits",
    header + `0\t${"9".repeat(1e6)}\t0\n`,
    `has the itemID ${"9".repeat(60)}…, which is too large`,
    "without gaps",
  ],
  [
    "a header of a million characters",
    `${"x".repeat(1e6)}\n0\n`,
    `found "${"x".repeat(60)}…"`,
    "Separate columns by tabs",
  ],
  [
    "a header of many columns",
    `${"x\t".repeat(60_000)}x\n`,
    "and 59993 more",
    "Separate columns by tabs",
  ],
  [
    "an unknown split",
    header + "0\t0\t3\n",
    'line 2 has x_label "3", expected 0, 1 or 2',
    "0 for train",
  ],
  [
    "a short row",
    header + "0\t0\t0\n1\t0\n",
    "line 3 has 2 fields, expected 3 (userID, itemID, x_label)",
    "as many fields as the first line has names",
  ],
  [
    "a long row",
    header + "0\t0\t0\t5\n",
    "line 2 has 4 fields, expected 3",
    "as many fields as the first line has names",
  ],
  [
    "an empty line between rows",
    header + "0\t0\t0\n\n1\t1\t0\n",
    "line 3 is empty",
    "Remove the empty lines",
  ],
  ["empty lines before the header", `\n\r\n${header}0\t0\t0\n`, "line 1 is empty", "Remove"],
  [
    "a quote, which is a character like others",
    header + '0\t"1"\t0\n',
    'line 2 has itemID ""1"", which is not an integer',
    "0, 1, 2",
  ],
  ["digits of another script", header + "0\t٣\t0\n", 'line 2 has itemID "٣"', "0, 1, 2"],
  ["a split of two digits", header + "0\t0\t01\n", 'x_label "01", expected 0, 1', "0 for train"],
  ["a split that is empty", header + "0\t0\t\n", 'x_label "", expected 0, 1', "0 for train"],
  [
    "duplicate rows, also across splits",
    header + "0\t5\t0\n0\t1\t0\n1\t5\t0\n0\t1\t2\n",
    "lines 3 and 5 both hold user 0 with item 1",
    "Keep one row",
  ],
  [
    "an empty train split",
    header + "0\t5\t1\n0\t1\t2\n",
    "found no train row (x_label 0) among 2 rows",
    "Set x_label to 0",
  ],
];

for (const [what, contents, message, nextStep] of refused) {
  Deno.test(`readInteractions() refuses ${what}`, async () => {
    const error = await assertRejects(() => read(contents), DataError) as DataError;
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.message, ".inter");
    assertStringIncludes(error.nextStep!, nextStep);
    assertEquals(error.exitCode, 3);
    assert(error.message.length < 600, "the message quotes a short piece");
  });
}

Deno.test("readInteractions() refuses a file that is not text", async () => {
  const notUtf8 = new TextEncoder().encode(header + "0\t1\t0\n1\tz\t0\n");
  notUtf8[notUtf8.indexOf(122)] = 0xe9;
  await assertRejects(() => read(notUtf8), DataError, "line 3 is not UTF-8");
  await assertRejects(() => read(new Uint8Array([0xff, 0xfe, 65, 0])), DataError, "UTF-16");
});

Deno.test("readInteractions() takes quotes in other columns as they stand", async () => {
  const table = await read('userID\titemID\tnote\tx_label\n0\t0\t"5\t0\n1\t1\t"a" b\t0\n');
  assertEquals(table.train.users.length, 2);
});

Deno.test("readInteractions() refuses a path that is not there", async () => {
  await assertRejects(
    () => readInteractions("no/such.inter"),
    DataError,
    'Cannot read "no/such.inter": the file or its folder does not exist',
  );
});

Deno.test("readInteractions() refuses a line without an end in bounded time", async () => {
  const path = await Deno.makeTempFile({ suffix: ".inter" });
  try {
    // Zero bytes: 700 MB of them, which take no space on the disk.
    for (const start of ["x".repeat(600), `${header}${"x".repeat(600)}`]) {
      await Deno.writeTextFile(path, start);
      await Deno.truncate(path, 700 * 2 ** 20);
      const started = performance.now();
      await assertRejects(() => readInteractions(path), DataError, "is longer than 16777216 bytes");
      const milliseconds = performance.now() - started;
      assert(milliseconds < 5000, `it took ${milliseconds} ms`);
    }
  } finally {
    await Deno.remove(path);
  }
});
