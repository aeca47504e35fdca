import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parquetWriteBuffer } from "hyparquet-writer";
import { DataError } from "../../../errors.ts";
import { fieldText, placeOf, type TableSink } from "../../../data/table/table.ts";
import { TableFiles } from "../../../data/table/table_files.ts";

const fixtures = new URL("columnar/", import.meta.url).pathname;

/** All fields of a table, and where its rows are. */
async function read(path: string, options: Partial<TableSink> = {}) {
  const rows: string[][] = [];
  const places: string[] = [];
  let [names, format]: [readonly string[], string] = [[], ""];
  const files = new TableFiles(path);
  const { remarks } = await files.read({
    keepsObjects: true,
    ...options,
    columns(found, kind) {
      [names, format] = [found, kind];
      return found.map((_, column) => column);
    },
    row(row) {
      rows.push(names.map((_, column) => fieldText(row, column)));
      places.push(placeOf(row));
    },
  });
  return { names, format, rows, places, remarks, fingerprint: files.fingerprint() };
}

async function refusal(path: string, options?: Partial<TableSink>): Promise<DataError> {
  return await assertRejects(() => read(path, options)) as DataError;
}

async function inFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, contents] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.replace(/\/[^/]*$/, ""), { recursive: true });
      const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
      await Deno.writeFile(path, bytes);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function parquet(columns: Parameters<typeof parquetWriteBuffer>[0]["columnData"]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: columns }));
}

const users = (...ids: string[]) =>
  parquet([
    { name: "user", data: ids, type: "STRING" },
    { name: "item", data: ids.map((_, n) => n), type: "INT32" },
  ]);

Deno.test("TableFiles reads what PyArrow writes as the CSV of the same rows", async () => {
  const wanted = await read(`${fixtures}rows.csv`);
  for await (const { name } of Deno.readDir(fixtures)) {
    if (!/\.(parquet|feather|arrows)$/.test(name) || name === "int96.parquet") continue;
    const found = await read(`${fixtures}${name}`);
    assertEquals(found.names, wanted.names, name);
    for (const [column, text] of wanted.names.entries()) {
      const fields = (rows: string[][]) => rows.map((row) => row[column]);
      assertEquals(fields(found.rows), fields(wanted.rows), `${name}: ${text}`);
    }
    assertEquals(found.remarks, ['Left out: the column "nested", which holds structs']);
  }
});

Deno.test("TableFiles reads times of Impala and old Spark, which name no zone", async () => {
  const [csv, { rows }] = [
    await read(`${fixtures}rows.csv`),
    await read(`${fixtures}int96.parquet`),
  ];
  const time = csv.names.indexOf("at");
  assertEquals(rows.map((row) => row[2]), csv.rows.map((row) => row[time].replace("Z", "")));
});

Deno.test("TableFiles says in which row of Parquet and in which batch of Arrow something is", async () => {
  const { places } = await read(`${fixtures}snappy.parquet`);
  assertEquals([places[0], places[10]], ["row 1 (row group 1)", "row 11 (row group 2)"]);
  assertEquals((await read(`${fixtures}lz4.feather`)).places[23], "row 24 (batch 3)");
});

Deno.test("TableFiles joins files of a folder and of a pattern, and takes columns from folders", async () => {
  const files = {
    "clicks/day=2024-01-01/a.csv": "user,item\nann,1\n",
    "clicks/day=2024-01-02/b.csv": "item,user\n2,bob\n",
    "clicks/day=2024-01-02/empty.csv": "user,item\n",
    "clicks/day=__HIVE_DEFAULT_PARTITION__/c.csv": "user,item\ncy,3\n",
    "clicks/_SUCCESS": "",
    "clicks/.hidden": "x",
  };
  await inFolder(files, async (folder) => {
    const wanted = [["ann", "1", "2024-01-01"], ["bob", "2", "2024-01-02"], ["cy", "3", ""]];
    const found = await read(`${folder}/clicks`);
    assertEquals(found.names, ["user", "item", "day"]);
    assertEquals(found.rows, wanted);
    assertEquals(found.places[1], `line 2 of "${folder}/clicks/day=2024-01-02/b.csv"`);
    assertEquals(found.fingerprint.files?.length, 4);
    for (const pattern of ["clicks/day=*/?.csv", "clicks/**/*.csv", "clicks/**"]) {
      assertEquals((await read(`${folder}/${pattern}`)).rows, wanted, pattern);
    }
    assertEquals((await read(`${folder}/clicks/day=2024-01-01/*`)).names, ["user", "item"]);
  });
  await inFolder(
    { "p/2.parquet": users("cy"), "p/1.parquet": users("ann", "bob") },
    async (folder) => {
      const { rows, places } = await read(`${folder}/p/`);
      assertEquals(rows, [["ann", "0"], ["bob", "1"], ["cy", "0"]]);
      assertEquals(places[2], `row 1 (row group 1) of "${folder}/p/2.parquet"`);
    },
  );
});

Deno.test("TableFiles takes a file with a star in its name for itself", async () => {
  await inFolder(
    { "a*.csv": "user,item\nann,1\n", "ab.csv": "user,item\nbob,1\n" },
    async (folder) => {
      assertEquals((await read(`${folder}/a*.csv`)).rows, [["ann", "1"]]);
    },
  );
});

Deno.test("TableFiles refuses files that are no one table, and says which", async () => {
  const files = {
    "a/1.csv": "user,item\nann,1\n",
    "a/2.csv": "user,sku\nann,1\n",
    "b/1.csv": "user,item\nann,1\n",
    "b/2.parquet": users("ann"),
    "c/_SUCCESS": "",
    "e/1.parquet": parquet([{ name: "item", data: [1, 2], type: "INT32" }]),
    "e/2.parquet": parquet([{ name: "item", data: ["1", "2"], type: "STRING" }]),
  };
  await inFolder(files, async (folder) => {
    for (
      const [path, ...parts] of [
        ["a", '2.csv" has no column "item", which "', '1.csv" has'],
        ["b", '1.csv" is CSV, and "', '2.parquet" is Parquet'],
        ["e", 'the column "item" holds text in "', '1.parquet"'],
        ["c", "it is a folder without files"],
        ["a/*.parquet", "no file matches it"],
        ["d/*.csv", "does not exist"],
      ]
    ) {
      const { message } = await refusal(`${folder}/${path}`);
      for (const part of parts) assertStringIncludes(message, part);
    }
  });
});

Deno.test("TableFiles takes a part without rows, and follows links but in circles", async () => {
  const files = {
    "parts/1.parquet": users(),
    "parts/2.parquet": users("ann"),
    "parts/3.parquet": users(),
    "notes/NOTE.txt": "hello world\n",
    "notes/a.csv": "user,item\nann,1\n",
  };
  await inFolder(files, async (folder) => {
    // A writer of Parquet may make a group of no rows too, whose columns have no pages.
    assertEquals((await read(`${folder}/parts`)).rows, [["ann", "0"]]);
    await Deno.mkdir(`${folder}/links`);
    await Deno.symlink("../parts/2.parquet", `${folder}/links/a.parquet`);
    assertEquals((await read(`${folder}/links`)).rows, [["ann", "0"]]);
    await Deno.symlink("nowhere", `${folder}/links/b.parquet`);
    assertStringIncludes((await refusal(`${folder}/links`)).message, "links/b.parquet");
    assertEquals((await read(`${folder}/**/a.parquet`)).rows, [["ann", "0"]]);
    await Deno.symlink("..", `${folder}/links/up`);
    assertStringIncludes(
      (await refusal(`${folder}/links`)).message,
      'links/up": it is a symbolic link to a folder that it is in',
    );
    const columns = () => {
      throw new DataError("Cannot tell the item");
    };
    const { message } = await assertRejects(
      () => new TableFiles(`${folder}/notes`).read({ columns, row: () => {} }),
      DataError,
    );
    assertStringIncludes(message, "Cannot tell the item (the first file is ");
    assertStringIncludes(message, "NOTE.txt");
    const { nextStep } = await refusal(`${folder}/{a,b}.csv`);
    assertStringIncludes(nextStep!, "braces and brackets stand for themselves");
  });
});

Deno.test("TableFiles reads a row group without rows, and no group without columns", async () => {
  for (const [name, found] of [["rows", "no rows"], ["columns", "it has no columns"]]) {
    const { message } = await refusal(`${fixtures}without/${name}.parquet`);
    assertStringIncludes(message, found);
  }
});

Deno.test("TableFiles refuses Parquet and Arrow that are cut off, wherever that is", async () => {
  for (const name of ["zstd_v2.parquet", "snappy.parquet", "lz4.feather", "deltas.arrows"]) {
    const whole = await Deno.readFile(`${fixtures}${name}`);
    for (let length = 8; length < whole.length; length += 397) {
      await inFolder({ "a.x": whole.subarray(0, length) }, async (folder) => {
        // A stream may end with any of its messages.
        const error = await read(`${folder}/a.x`).then(() => undefined, (error) => error);
        if (error === undefined) assertEquals(name, "deltas.arrows", `${length} bytes`);
        else assertEquals(error.exitCode, 3, `${name}, ${length} bytes: ${error.stack}`);
      });
    }
  }
});

Deno.test("TableFiles says of a column that it cannot read what it is", async () => {
  const path = `${fixtures}none.parquet`;
  const { message } = await refusal(path, { keepsObjects: false });
  assertStringIncludes(
    message,
    'the column "nested" holds structs, expected text, numbers, or lists',
  );
  const lists = await refusal(path, { refusesLists: true });
  assertStringIncludes(lists.message, 'the column "vector" holds lists of floating-point numbers');
});

Deno.test("TableFiles refuses ids that a floating-point number has rounded", async () => {
  const ids = (...data: number[]) => parquet([{ name: "item", data, type: "DOUBLE" }]);
  await inFolder({ "a.parquet": ids(3, 4.5), "b.parquet": ids(2 ** 53 + 2) }, async (folder) => {
    const { rows, remarks } = await read(`${folder}/a.parquet`, { ids: [0] });
    assertEquals(rows, [["3"], ["4.5"]]);
    assertStringIncludes(String(remarks[0]), "3.0 is 3");
    assertStringIncludes(
      (await refusal(`${folder}/b.parquet`, { ids: [0] })).message,
      'column "item" has the id 9007199254740994, a floating-point number',
    );
  });
});

Deno.test("TableFiles refuses Parquet without rows, encrypted, and with counts that cannot be", async () => {
  const sound = users("ann", "bob");
  const bytes = new TextEncoder().encode("PAR1xxxxPARE");
  const files = { "rows.parquet": users(), "key.parquet": bytes, "ok.parquet": sound };
  await inFolder(files, async (folder) => {
    assertStringIncludes((await refusal(`${folder}/rows.parquet`)).message, "no rows");
    assertStringIncludes((await refusal(`${folder}/key.parquet`)).message, "it is encrypted");
    // The count of rows in the footer: field 3, an integer of 64 bits, here 2, becomes 2^34.
    const footer = sound.length - 8 - new DataView(sound.buffer).getUint32(sound.length - 8, true);
    const at = sound.lastIndexOf(0x16);
    const huge = new Uint8Array([
      ...sound.subarray(0, at + 1),
      ...[0x80, 0x80, 0x80, 0x80, 0x80, 1],
      ...sound.subarray(at + 2, sound.length - 8),
      ...new Uint8Array(new Uint32Array([sound.length - 8 - footer + 5]).buffer),
      ...sound.subarray(sound.length - 4),
    ]);
    await Deno.writeFile(`${folder}/huge.parquet`, huge);
    const { exitCode } = await refusal(`${folder}/huge.parquet`);
    assertEquals(exitCode, 3);
  });
});
