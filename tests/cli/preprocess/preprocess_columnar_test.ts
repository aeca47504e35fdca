import { assertEquals, assertStringIncludes } from "@std/assert";
import { fixedSizeList, float32, tableFromArrays, tableToIPC, utf8 } from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import { preprocess, refusedWith, writeFiles } from "./preprocess_process.ts";

const rows = Array.from({ length: 60 }, (_, n) => ({
  user: `u${n % 7}`,
  item: n % 3 === 0 ? BigInt(n) * 10_000_000_019n : BigInt(n % 9),
  when: new Date(1.6e12 + ((n * 7919) % 101) * 1_000_003),
  vector: [n / 8, -(n + 1) / 3].map(Math.fround),
  title: n % 5 === 0 ? null : `red ${["hat", "shoe"][n % 2]}`,
}));
const items = rows.filter(({ item }, n) => rows.findIndex((row) => row.item === item) === n);

const csv = (names: readonly (keyof typeof rows[0])[], of = rows) =>
  [names, ...of.map((row) => names.map((name) => row[name]))]
    .map((fields) =>
      fields.map((field) =>
        field instanceof Date
          ? field.toISOString()
          : Array.isArray(field)
          ? `"[${field.join(", ")}]"`
          : field
      ).join(",") + "\n"
    ).join("");

function parquet(of = rows, names: readonly (keyof typeof rows[0])[] = ["user", "item", "when"]) {
  const columnData = names.map((name) => ({ name, data: of.map((row) => row[name]) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 7 }));
}

function vectors(format: "file" | "stream") {
  const types = { item: utf8(), vector: fixedSizeList(float32(), 2) };
  const columns = {
    item: items.map(({ item }) => String(item)),
    vector: items.map(({ vector }) => vector),
  };
  return tableToIPC(tableFromArrays(columns, { types }), { format })!;
}

const files = {
  "clicks.csv": csv(["user", "item", "when"]),
  "vectors.csv": csv(["item", "vector"], items),
  "items.csv": csv(["item", "title"], items),
  "parts/1.parquet": parquet(rows.slice(0, 20)),
  "parts/2.parquet": parquet(rows.slice(20)),
  "items.parquet": parquet(items, ["item", "title"]),
  "vectors.arrow": vectors("file"),
};

async function prepare(directory: string): Promise<void> {
  await Deno.mkdir(`${directory}/parts`);
  await writeFiles(files)(directory);
}

const options = ["--time", "when", "--split", "leave-last", "--k-core", "1"];

/** What each file of the dataset holds, but for the one that says where they come from. */
async function made(...args: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await preprocess("", [...options, ...args], async ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    for await (const { name } of Deno.readDir(`${directory}/shop`)) {
      if (name === "dataset.json") continue;
      found[name] = (await Deno.readFile(`${directory}/shop/${name}`)).toHex();
    }
  }, prepare);
  return found;
}

Deno.test("preprocess makes the same dataset of CSV and of Parquet and Arrow", async () => {
  const words = "words=items";
  const wanted = await made(
    ...["--input", "clicks.csv", "--features", "image=vectors.csv"],
    ...["--text", `${words}.csv:title`, "--meta", "items.csv"],
  );
  assertEquals(Object.keys(wanted).length, 8);
  assertEquals(
    await made(
      ...["--input", "parts/*.parquet", "--features", "image=vectors.arrow"],
      ...["--text", `${words}.parquet:title`, "--meta", "items.parquet"],
    ),
    wanted,
  );
});

Deno.test("preprocess names the row, the row group and the column of Parquet", async () => {
  const odd = parquet([...rows.slice(0, 10), { ...rows[0], user: "" }]);
  await refusedWith(
    { "a.parquet": odd },
    "",
    ["--input", "a.parquet"],
    3,
    'row 11 (row group 2) has no user, as its field "user" is empty',
  );
  await refusedWith(
    { "a.parquet": parquet(rows, ["title", "vector"]) },
    "",
    ["--input", "a.parquet"],
    3,
    'it has the columns "title", "vector"',
  );
});

Deno.test("preprocess says what to do about patterns that the shell or nobody matches", async () => {
  const sound = { "1.parquet": parquet(), "2.parquet": parquet() };
  await refusedWith(
    sound,
    "",
    ["--input", "1.parquet", "2.parquet"],
    2,
    "quote it, so that the shell leaves it as it is",
  );
  await refusedWith(sound, "", ["--input", "*.arrow"], 3, "no file matches it");
});

Deno.test("preprocess reads Arrow from stdin, and refuses Parquet there", async () => {
  const types = { user: utf8(), item: utf8() };
  const columns = { user: ["a", "a", "a"], item: ["x", "y", "z"] };
  const stream = tableToIPC(tableFromArrays(columns, { types }), { format: "stream" })!;
  await preprocess(stream, ["--k-core", "1"], ({ code, stderr }) => {
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "Reading stdin, Arrow");
  });
  await refusedWith({}, parquet(), [], 3, "neither from a pipe nor in gzip");
});
