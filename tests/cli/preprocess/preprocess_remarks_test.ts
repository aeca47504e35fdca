import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readIds } from "../../../data/id_file.ts";
import { readDataset } from "../../../data/folder.ts";
import { preprocess, refused, refusedWith, writeFiles } from "./preprocess_process.ts";

const all = ["--k-core", "1"];
const clicks = "user,movieId\n" +
  ["a", "b", "c"].map((user) => ["B1", "B2", "B3"].map((item) => `${user},${item}\n`).join(""))
    .join("");

/** Expects that it is made, and that these are said. */
async function says(
  table: string,
  args: readonly string[],
  said: readonly string[],
  files: Readonly<Record<string, string>> = {},
) {
  await preprocess(table, [...all, ...args], ({ code, stderr }) => {
    assertEquals(code, 0, stderr);
    for (const text of said) assertStringIncludes(stderr, text);
  }, writeFiles(files));
}

Deno.test("preprocess says which ids may be none, and leaves them out with --null", async () => {
  const table = "user,item\n" +
    ["NULL,a", "NULL,b", "\\N,a", "u1,a", "u1,c", "u1,c ", "u2,b"].join("\n") + "\n";
  await says(table, [], [
    'The user "NULL" has 2 rows of 7, and is kept.',
    "--null NULL --skip-incomplete",
    "--null '\\N' --skip-incomplete",
    '1 item with a space or an invisible character at either end, such as "c ", in 1 row',
  ]);
  const nulls = ["--null", "NULL", "--null", "\\N"];
  await preprocess(
    table,
    [...all, ...nulls, "--skip-incomplete"],
    async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      assertEquals(await readIds(`${directory}/shop/users.csv`, "userID"), ["u1", "u2"]);
      assertStringIncludes(stderr, "left out: 3 rows without a required field");
      assert(!stderr.includes("is kept"));
      const { settings } = JSON.parse(await Deno.readTextFile(`${directory}/shop/dataset.json`));
      assertEquals(settings.null, ["NULL", "\\N"]);
    },
  );
  await refused(table, [...all, ...nulls], 3, "line 2 has no user", "--skip-incomplete");
  const times = "user,item,time\na,b,NULL\n";
  await refused(times, ["--split", "user-time"], 3, "--null NULL --skip-incomplete");
});

Deno.test("preprocess says that ratings of 0 and below count as interactions", async () => {
  const votes = ["u1,a,1", "u1,b,-1", "u2,a,0", "u2,b,1", "u2,c,1", "u1,c,0.5"].join("\n");
  await says(`user,item,rating\n${votes}\n`, [], [
    'The column "rating" has 1 row below 0 and 1 row of 0, such as "-1" on line 3',
    "--min-rating 0 leaves out those below 0",
  ]);
  await says(`user,item,label\n${votes.replace("-1", "0.0")}\n`, [], [
    'The column "label" has 2 rows of 0, such as "0.0" on line 3',
    "--rating label --min-rating",
  ]);
  // Nested values are of no concern in a column that is not asked for.
  await says('{"user":"a","item":"b","votes":{"up":1}}\n{"user":"a","item":"c"}\n', [], []);
  await says('{"user":"a","item":"b","like":{"up":1}}\n{"user":"a","item":"c"}\n', [], []);
});

Deno.test("preprocess names the columns of features, and what is none", async () => {
  await preprocess(
    clicks,
    [...all, "--features", "v=v.csv"],
    async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      for (
        const text of [
          '4 columns ("n", "category_id", "same", "x"); rows: by the column "movie_id"',
          'Left out: column 1, "Unnamed: 0" without a name',
          'The column "n" counts the rows',
          'The column "category_id" has the name of an id',
          "The same for all items: 1 of 4 columns, such as column 3",
        ]
      ) assertStringIncludes(stderr, text);
      const { modalities } = await readDataset(`${directory}/shop`);
      assertEquals([...modalities[0].values], [5, 9, 1, 0.5, 6, 3, 1, 0.25, 7, 9, 1, 8]);
    },
    writeFiles({
      "v.csv": ",Unnamed: 0,id,movie_id,n,category_id,same,x\n".replace("id,movie", "movie") +
        "0,0,B1,5,9,1,.5\n1,1,B2,6,3,1,.25\n2,2,B3,7,9,1,8\n",
    }),
  );
  await says(clicks, ["--features", "v=v.csv"], ["All items have the same vector"], {
    "v.csv": "movieid,x\nB1,2\nB2,2\nB3,2\n",
  });
  const rows = Array.from({ length: 12 }, (_, n) => `B${n},${3 * n},${100 - n},${n},${n % 5}\n`);
  await says(clicks, ["--features", "v=v.csv"], [
    'Left out: "Unnamed: 0.1"',
    'The column "kept" rises or falls with each row',
    'The column "rowname" rises or falls with each row',
  ], { "v.csv": `movieid,kept,rowname,Unnamed: 0.1,x\n${rows.join("")}` });
  await refusedWith(
    { "v.csv": "item,price,\nB1,12,99\n" },
    clicks,
    [...all, "--features", "v=v.csv"],
    3,
    'line 2 has "99" in the last column, which has no name',
  );
  await refusedWith(
    { "v.csv": "item;price\nB1;12,99\n" },
    clicks,
    [...all, "--features", "v=v.csv"],
    3,
    'line 2 has "12,99" in "price", which may be a number with a comma in it or several numbers',
  );
});

Deno.test("preprocess tells empty texts from ids that do not match, and says that texts are alike", async () => {
  const items = "movieId,title,empty,dash,own\nB1,shoe,,-,one\nB2,shoe,,?,two\nB3,shoe,,—,six\n";
  const run = (columns: string, found: string) =>
    refusedWith({ "t.csv": items }, clicks, [...all, "--text", `w=t.csv:${columns}`], 3, found);
  await run("empty", 'found "empty" empty in the rows of 3 items');
  await run("dash", 'found no words in "dash" in the rows of 3 items');
  await run("own", "share a word: the first row of each has words for 3 of 3");
  await says(clicks, ["--text", "w=t.csv:title,empty"], [
    "All items have the same words",
    'The column "empty" is empty for all items',
  ], { "t.csv": items });
});

Deno.test("preprocess says what gives validation rows where there are none", async () => {
  const two = "user,item,time\na,b,1\na,c,2\nb,b,3\nb,c,3\n";
  await says(two, ["--split", "leave-last"], [
    "No validation rows",
    "--k-core 3",
    "For 1 user the split falls between rows with the same time",
  ]);
  await says(clicks, ["--ratios", "0.8,0,0.2"], ["No validation rows", "--ratios 0.8,0.1,0.1"]);
  const days = "user,item,time\na,b,1\na,c,1\na,d,1\na,e,1\nb,b,2\n";
  await says(days, ["--split", "global-time"], [
    "No validation rows",
    "--split user-time",
    'Without a train row: 1 user (such as "b"); no model learns about them',
  ]);
  await refused("", ["--ratios", "1,0,0"], 2, "0.8,0.1,0.1 or 8,1,1");
});

Deno.test("preprocess says how the fields of an unknown table are separated", async () => {
  await refused("1::1193::5\n2::661::3\n", all, 3, "not split at ::", "awk -F '::' -v OFS='\\t'");
  await refused("user item\n1 2\n", all, 3, "not split at spaces", "awk -v OFS='\\t'");
  await refused("# Nodes: 3\n1\t2\n", all, 3, "begins with #, as comments do", "grep -v '^#'");
  await refused("196\t242\n186\t302\n", all, 3, "a table without names needs a first line");
  await refused('{"a":1}\n', all, 3, 'its first 1,000 objects have the keys "a"');
});

Deno.test("preprocess writes out what a terminal obeys in names and ids", async () => {
  const escape = "\u001b[31m";
  const table = `us${escape}er,item,time\n${escape}a,x,1\n${escape}a,y,9\nb,x,2\nb,z,3\n`;
  const args = ["--user", `us${escape}er`, "--split", "global-time", "--ratios", "1,1,2"];
  await preprocess(table, [...all, ...args], ({ code, stderr }) => {
    assertEquals(code, 0, stderr);
    assert(!stderr.includes("\u001b"), stderr);
    assertStringIncludes(stderr, 'user "us\\u001b[31mer"');
  });
});
