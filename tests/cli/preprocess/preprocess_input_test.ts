import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readIds } from "../../../data/id_file.ts";
import { preprocess, refused, refusedWith, writeFiles } from "./preprocess_process.ts";

const all = ["--k-core", "1"];

async function gzip(text: string): Promise<Uint8Array> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

Deno.test("preprocess reads gzip from stdin, and refuses a part of it", async () => {
  // Numbers that do not repeat, so that half of the packed bytes are not all of the table.
  const rows = Array.from({ length: 3000 }, (_, n) => `u${n % 7},i${(n * 7919) % 10_007}\n`);
  const packed = await gzip(`user,item\n${rows.join("")}`);
  await preprocess(packed, all, async ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    const { interactions } = JSON.parse(await Deno.readTextFile(`${directory}/shop/dataset.json`));
    assertEquals(interactions.source.bytes, packed.length);
  });
  await refused(packed.subarray(0, packed.length / 2), all, 3, "gzip data are damaged or cut off");
});

Deno.test("preprocess finds that stdin was closed inside a row, a quote or an object", async () => {
  await refused(
    "user,item,note\na,b,c\na,b",
    all,
    3,
    "line 3 has 2 fields",
    "was the file cut off?",
  );
  await refused('user,item\na,b\na,"two\nlin', all, 3, "line 3 opens a quote that is not closed");
  await refused('{"user":"a","item":"b"}\n{"user":"a"', all, 3, "line 2 is not JSON");
});

Deno.test("preprocess says that the last line may be a part of one", async () => {
  const said = "The last line does not end in a line feed: was the table cut off?\n";
  await preprocess("user,item\na,b\na,c\na,lon", all, async ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, said);
    assertEquals(await readIds(`${directory}/shop/items.csv`, "itemID"), ["b", "c", "lon"]);
  });
  await preprocess("user,item\na,b\na,c\n", all, ({ stderr }) => {
    assert(!stderr.includes(said));
  });
});

Deno.test("preprocess keeps ids as they are: spaces, commas, emoji, zeros in front, signs", async () => {
  const ids = [
    " b 1 ",
    "b,1",
    "😀👍🏽",
    "007",
    "7",
    "=1+1",
    "\u00e9",
    "e\u0301",
    "\ufeffb",
    'say "b"',
  ];
  const rows = ids.map((id) => `"u,\t😀","${id.replaceAll('"', '""')}"\n`);
  await preprocess(`user,item\n${rows.join("")}`, all, async ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    assertEquals(await readIds(`${directory}/shop/items.csv`, "itemID"), ids);
    assertEquals(await readIds(`${directory}/shop/users.csv`, "userID"), ["u,\t😀"]);
  });
});

Deno.test("preprocess takes epochs of any unit and ISO times with zones for the same times", async () => {
  const seconds = [1_400_000_000, -86_400, 1_300_000_000.5, 1_500_000_000];
  const written = {
    seconds: seconds.map(String),
    milliseconds: seconds.map((time) => String(1e3 * time)),
    iso: seconds.map((time) => new Date(1000 * time).toISOString()),
    zone: seconds.map((time) =>
      new Date(1000 * (time + 7200)).toISOString().replace("T", " ").replace("Z", "+02:00")
    ),
  };
  const tables = Object.values(written).map((times) =>
    `user,item,time\n${times.map((time, n) => `a,i${n},${time}\n`).join("")}`
  );
  const files: string[] = [];
  for (const table of tables) {
    await preprocess(table, [...all, "--split", "user-time"], async (outcome, directory) => {
      assertEquals(outcome.code, 0, outcome.stderr);
      files.push(await Deno.readTextFile(`${directory}/shop/shop.inter`));
    });
  }
  assertEquals(
    files[0],
    "userID\titemID\ttimestamp\tx_label\n0\t1\t-86400\t0\n0\t2\t1300000000.5\t0\n" +
      "0\t0\t1400000000\t1\n0\t3\t1500000000\t2\n",
  );
  for (const file of files.slice(1)) assertEquals(file, files[0]);
});

Deno.test("preprocess reads RecBole's atomic files, their types after the names", () =>
  preprocess(
    "",
    [
      ...[...all, "--input", "ml.inter", "--split", "leave-last", "--min-rating", "3"],
      ...["--text", "title=ml.item:movie_title,class", "--features", "image=ml.image"],
    ],
    async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      assertStringIncludes(
        stderr,
        'ml.inter, TSV: user "user_id:token", item "item_id:token", time "timestamp:float", ' +
          'rating "rating:float" (guessed',
      );
      assertStringIncludes(stderr, "1 row with a rating below 3");
      const folder = `${directory}/shop`;
      assertEquals(await readIds(`${folder}/items.csv`, "itemID"), ["242", "302", "51"]);
      const rows = await Deno.readTextFile(`${folder}/shop.inter`);
      assertEquals(rows.split("\n").slice(1, 4), [
        "0\t2\t881250940\t0",
        "0\t0\t881250949\t1",
        "0\t1\t891717742\t2",
      ]);
      const { modalities } = JSON.parse(await Deno.readTextFile(`${folder}/dataset.json`));
      assertEquals(
        modalities.map(({ rows_are }: { rows_are: string }) => rows_are),
        ['by the column "item_id:token"', 'by the column "item_id:token"'],
      );
    },
    writeFiles({
      "ml.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n" +
        "196\t242\t3\t881250949\n196\t302\t4\t891717742\n196\t377\t1\t878887116\n" +
        "196\t51\t5.0\t881250940.0\n",
      "ml.item": "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n" +
        "51\tLegends of the Fall\t1994\tDrama Romance\n242\tKolya\t1996\tComedy\n" +
        "302\tL.A. Confidential\t1997\tDrama Comedy\n",
      "ml.image": "item_id:token\tvector:float_seq\n51\t0.5 1\n242\t2 3\n302\t4 5\n",
    }),
  ));

Deno.test("preprocess refuses lines that end in carriage returns alone, and a folder without files", async () => {
  await refused("user,item\ra,b\ra,c\r", all, 3, "carriage returns alone", "tr '\\r' '\\n'");
  await refused("", ["--input", "."], 3, ": it is a folder without files\n  next: Name a file");
});

Deno.test("preprocess names the line of bad input in a table of features or texts", async () => {
  const table = "user,item\na,b\na,c\na,d\n";
  const features = [...all, "--features", "image=items.csv"];
  const run = (file: string | Uint8Array, ...found: readonly string[]) =>
    refusedWith({ "items.csv": file }, table, features, 3, ...found);
  await run("item,x\nb,1\nc,1,2\n", "line 3 has 3 fields, expected 2 (item, x)");
  await run(
    new Uint8Array([...new TextEncoder().encode("item,x\n"), 0xe9, 44, 49, 10]),
    "line 2 is",
  );
  await run("item,x\nb,1\nb,2\n", 'line 2 and line 3 both have the item "b"');
  await run("", "found nothing at all");
  await preprocess(
    table,
    features,
    ({ code, stderr }) => {
      assertEquals(code, 0, stderr);
      assertStringIncludes(stderr, "1 row for items that are not in the dataset");
    },
    writeFiles({ "items.csv": "\ufeffitem,x\r\nb,1\r\nc,2\r\nd,3\r\n\r\nelsewhere,4\r\n" }),
  );
});
