import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { readIds } from "../../../data/id_file.ts";
import { preprocess, refused } from "./preprocess_process.ts";

const clicks = "\ufeffvisitor,customer_id,product,when,stars\r\n" +
  '1,"Ann, 2nd",caf\u00e9 \ud83d\ude00,1400000003,5\r\n' +
  "1,bob,B1,1400000002,4\r\n" +
  '1,"Ann, 2nd",B1,-5,3\r\n' +
  '1,"Ann, 2nd","two\r\nlines",1400000001,5\r\n' +
  '1,"Ann, 2nd",B1,1400000009,5\r\n' +
  "1,bob,B2,,1\r\n";

Deno.test("preprocess writes MMRec's layout with own ids, and says what it guessed and did", () =>
  preprocess(clicks, ["--k-core", "1", "--time", "when"], async (outcome, directory) => {
    const { code, stdout, stderr } = outcome;
    assertEquals(code, 0, stderr);
    // The shortest path that works in the folder where the user stands.
    assertEquals(stdout, "shop\n");
    assertStringIncludes(
      stderr,
      'Reading stdin, CSV: user "customer_id", item "product", time "when" ' +
        "(guessed; change with --user, --item); unused: visitor, stars\n",
    );
    assertStringIncludes(
      stderr,
      "Times are epoch seconds, from 1969-12-31 to 2014-05-13; 1 row without",
    );
    assertMatch(stderr, /read +6 +2 +4\nmerge duplicates +5 +2 +4\n1-core +5 +2 +4\n/);
    const folder = `${directory}/shop`;
    assertEquals(await readIds(`${folder}/users.csv`, "userID"), ["Ann, 2nd", "bob"]);
    assertEquals(
      await readIds(`${folder}/items.csv`, "itemID"),
      ["café 😀", "B1", "two\r\nlines", "B2"],
    );
    const rows = (await Deno.readTextFile(`${folder}/shop.inter`)).trimEnd().split("\n");
    assertEquals(rows[0], "userID\titemID\ttimestamp\tx_label");
    assertEquals(
      rows.slice(1).map((row) => row.split("\t").slice(0, 3).join()),
      ["0,1,-5", "0,2,1400000001", "0,0,1400000003", "1,1,1400000002", "1,3,"],
    );
    const dataset = await readDataset(`${directory}/shop`);
    assertEquals([dataset.users, dataset.items], [2, 4]);
    const description = JSON.parse(await Deno.readTextFile(`${folder}/dataset.json`));
    assertEquals(description.interactions.source.bytes, new TextEncoder().encode(clicks).length);
    assertEquals(description.splits, { train: 2, valid: 1, test: 2 });
    assertEquals(
      [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
      ["dataset.json", "interactions.safetensors", "items.csv", "shop.inter", "users.csv"],
    );
  }));

Deno.test("preprocess splits by ISO times, and leaves out small ratings and incomplete rows", () =>
  preprocess(
    '{"user":"a","item":"x","ts":"2020-01-03","score":4}\n' +
      '{"user":"a","item":"y","ts":"2020-01-01T00:00:00Z","score":5}\n' +
      '{"user":"a","item":"z","ts":"2020-01-02","score":4.5}\n' +
      '{"user":"a","item":"v","ts":"2020-01-09","score":3}\n' +
      '{"user":null,"item":"w","ts":"2020-01-02","score":4}\n',
    [
      ...["--k-core", "1", "--split", "leave-last", "--min-rating", "4", "--skip-incomplete"],
      "--json",
    ],
    async ({ code, stdout, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      const { left_out, settings, splits } = JSON.parse(stdout);
      assertEquals(left_out, { rows: 5, blank_lines: 0, incomplete: 1, below_min_rating: 1 });
      assertEquals([settings.split, settings.ratios], ["leave-last", undefined]);
      assertEquals(splits, { train: 1, valid: 1, test: 1 });
      const rows = (await Deno.readTextFile(`${directory}/shop/shop.inter`)).split("\n");
      assertEquals(rows.slice(1, 4).map((row) => row.split("\t").at(-1)), ["0", "1", "2"]);
      assertEquals(
        await readIds(`${directory}/shop/items.csv`, "itemID"),
        ["x", "y", "z"],
      );
    },
  ));

Deno.test("preprocess gives the same bytes for the same seed", async () => {
  const table = "user,item\n" +
    Array.from({ length: 400 }, (_, n) => `u${n % 20},i${(n * 7) % 31}\n`).join("");
  const written: string[] = [];
  for (const seed of ["3", "3", "4"]) {
    await preprocess(table, ["--seed", seed], async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      written.push(await Deno.readTextFile(`${directory}/shop/shop.inter`));
    });
  }
  assertEquals(written[0], written[1]);
  assert(written[0] !== written[2]);
});

Deno.test("preprocess names the line of a ragged row, and of one cut off", async () => {
  await refused("user,item\na,b\na,b,c\n", [], 3, '"stdin": line 3 has 3 fields, expected 2');
  await refused("user,item\na,b\nc", [], 3, "line 3 has 1 field", "was the file cut off?");
});

Deno.test("preprocess names the line that is not UTF-8", () =>
  refused(
    new Uint8Array([...new TextEncoder().encode("user,item\na,b\n"), 0xe9, 44, 98, 10]),
    [],
    3,
    "line 3 is not UTF-8",
    "iconv",
  ));

Deno.test("preprocess says that stdin was empty", () =>
  refused("", [], 3, 'Cannot read "stdin": found nothing at all', "before the pipe"));

Deno.test("preprocess names the line of an empty user, item, time or rating", async () => {
  await refused("user,item\na,b\n,b\n", [], 3, "line 3 has no user", "--skip-incomplete");
  await refused("user,item\na,\n", [], 3, "line 2 has no item");
  const leaveLast = ["--split", "leave-last"];
  await refused("user,item,time\na,b,1\na,c,\n", leaveLast, 3, "line 3 has no time");
  await refused("user,item,rating\na,b,\n", ["--min-rating", "1"], 3, "line 2 has no rating");
});

Deno.test("preprocess names the line of an unreadable time or rating", async () => {
  const leaveLast = ["--split", "leave-last"];
  await refused("user,item,time\na,b,noon\n", leaveLast, 3, 'line 2 has the time "noon" in "time"');
  await refused(
    "user,item,time\na,b,1400000000\na,c,2020-01-01\n",
    leaveLast,
    3,
    'line 3 has the time "2020-01-01"',
    "expected an epoch time as on line 2",
  );
  await refused("user,item\na,b\n", leaveLast, 3, 'holds the time: line 1 names "user", "item"');
  await refused("user,item,rating\na,b,x\n", ["--min-rating", "1"], 3, 'has the rating "x"');
});

Deno.test("preprocess says which core or rating leaves nothing", async () => {
  await refused("user,item\na,b\na,c\n", [], 3, "the 5-core of 2 rows (1 users, 2 items) is empty");
  const ratings = "user,item,rating\na,b,1\n";
  await refused(ratings, ["--min-rating", "2"], 3, "1 have too low a rating, which leaves none");
});

Deno.test("preprocess refuses columns that are not there and flags without effect", async () => {
  await refused("users,item\na,b\n", ["--user", "user"], 2, 'Did you mean "users"?');
  await refused("a,b\n1,2\n", [], 3, 'Cannot tell which column of "stdin" holds the user');
  await refused("", ["--rating", "stars"], 2, "--rating without --min-rating");
  await refused("", ["--split", "leave-last", "--seed", "1"], 2, "--seed with --split leave-last");
  await refused("", ["--ratios", "1,2"], 2, 'Cannot use --ratios "1,2"');
  await refused("", ["--ratios", ".8,.1,.2"], 2, "add up to 1.1, and not to 1");
  await refused("", ["--dataset", "sample"], 2, "the built-in dataset");
  await refused("", ["--dataset", "a/b"], 2, 'Cannot use --dataset "a/b"');
  await refused("", ["--input", "none.csv"], 3, 'none.csv": the file or its folder does not exist');
});

Deno.test("preprocess replaces a dataset with --overwrite alone", async () => {
  const table = "user,item\na,b\na,c\na,d\n";
  const withFormer = async (directory: string) => {
    await Deno.mkdir(`${directory}/shop`);
    await Deno.writeTextFile(`${directory}/shop/kept.txt`, "kept");
  };
  await preprocess(table, ["--k-core", "1"], async ({ code, stderr }, directory) => {
    assertEquals(code, 2);
    assertStringIncludes(stderr, 'shop": it already exists\n  next: ');
    assertEquals(await Deno.readTextFile(`${directory}/shop/kept.txt`), "kept");
  }, withFormer);
  const overwrite = ["--k-core", "1", "--overwrite"];
  await preprocess(table, overwrite, async ({ code, stderr }, directory) => {
    assertEquals(code, 2);
    assertStringIncludes(stderr, 'shop": preprocess did not write it');
    assertEquals(await Deno.readTextFile(`${directory}/shop/kept.txt`), "kept");
  }, withFormer);
  const withDataset = async (directory: string) => {
    await Deno.mkdir(`${directory}/shop`);
    const own = { name: "shop", made_by: "bandpass 0.1.0 preprocess", modalities: [] };
    await Deno.writeTextFile(`${directory}/shop/dataset.json`, JSON.stringify(own));
  };
  await preprocess(table, overwrite, ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    const names = [...Deno.readDirSync(`${directory}/shop`)].map(({ name }) => name);
    assert(names.includes("shop.inter"));
    assertEquals([...Deno.readDirSync(directory)].length, 1);
  }, withDataset);
});
