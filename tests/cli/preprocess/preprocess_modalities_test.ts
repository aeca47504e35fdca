import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { encodeNpy } from "../../../data/npy.ts";
import { preprocess, refused, refusedWith, writeFiles } from "./preprocess_process.ts";

/** Four users with three items each; B9 is left out by the 2-core. */
const clicks = "user,asin\n" +
  ["a", "b", "c", "d"].map((user) => `${user},B1\n${user},"B2, é"\n${user},B3\n`).join("") +
  "a,B9\n";
const core = ["--k-core", "2"];

Deno.test("preprocess makes modalities of vectors and texts, and says where they are from", () =>
  preprocess(
    clicks,
    [
      ...[...core, "--json", "--dim", "2"],
      ...["--features", "image=image.csv", "--features", "audio=audio.npy#ids.txt"],
      ...["--text", "words=items.csv#code:title,brand"],
    ],
    async ({ code, stdout, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      const { modalities } = await readDataset(`${directory}/shop`);
      assertEquals(modalities.map(({ name, rows, columns }) => [name, rows, columns]), [
        ["audio", 3, 1],
        ["image", 3, 2],
        ["words", 3, 2],
      ]);
      // Rows are B1, "B2, é" and B3; the last has no image, the middle no audio.
      assertEquals([...modalities[0].values], [4, 5, 6]);
      assertEquals([...modalities[1].values], [1, 2, 3, 4, 2, 3]);
      assertStringIncludes(
        stderr,
        'Features "image": 2 columns ("x", "y"); rows: by the column "asin"; 1 item without any got the ' +
          "mean; 2 rows for items that are not in the dataset\n",
      );
      assertMatch(stderr, /Text "words": 2 terms .* keep 100\.0%; rows: by the column "code"/);
      const described = JSON.parse(stdout);
      assertEquals(described.settings.dim, 2);
      const found = described.modalities as Record<string, unknown>[];
      assertEquals(found.map(({ name, kind }) => [name, kind]), [
        ["image", "features"],
        ["audio", "features"],
        ["words", "text"],
      ]);
      const { sources, missing_items, unknown_rows } = found[0];
      assertEquals([missing_items, unknown_rows], [1, 2]);
      assertMatch((sources as { sha256: string }[])[0].sha256, /^[0-9a-f]{64}$/);
      assertEquals((found[1].sources as unknown[]).length, 2);
      assertEquals([found[2].text_columns, found[2].terms, found[2].kept_share], [
        ["title", "brand"],
        2,
        1,
      ]);
      assertEquals([found[2].most_share, found[2].common_terms], [0.5, []]);
    },
    writeFiles({
      "image.csv": 'asin,x,y\n"B2, é",3,4\nB9,9,9\nB1,1,2\nnone,0,0\n',
      "audio.npy": encodeNpy([2, 1], new Float32Array([6, 4])),
      "ids.txt": "B3\nB1\n",
      "items.csv": 'code,title,brand\nB1,Red hat,Acme\n"B2, é",Red,\nB3,hat,\n',
    }),
  ));

Deno.test("preprocess finds a misspelt path before it reads the interactions", async () => {
  const features = ["--features", "image=none.csv"];
  await refused("no table", features, 3, 'none.csv": the file or its folder does not exist');
  const text = ["--text", "words=none.csv:title"];
  await refused("no table", text, 3, 'none.csv": the file or its folder does not exist');
});

Deno.test("preprocess leaves out words that more than half of the items have, and names them", async () => {
  const items = Array.from({ length: 24 }, (_, n) => `i${n}`);
  const table = (title: (n: number) => string) =>
    `asin,title\n${items.map((id, n) => `${id},${title(n)}\n`).join("")}`;
  const rows = "user,asin\n" + items.flatMap((id) => [`u,${id}\n`, `v,${id}\n`]).join("");
  const words = [...core, "--json", "--text", "words=items.csv:title"];
  const files = { "items.csv": table((n) => `the ${n % 2 === 0 ? "red" : "blue"} hat`) };
  await preprocess(rows, words, ({ stdout, stderr }) => {
    assertStringIncludes(
      stderr,
      '2 terms that two or more items share, in 2 columns that keep 100.0%; rows: by the column "asin"; ' +
        'left out, as more than 50 % of the items have them: "the", "hat"\n',
    );
    assertEquals(JSON.parse(stdout).modalities[0].common_terms, ["the", "hat"]);
  }, writeFiles(files));
  const alike = { "items.csv": table(() => "hat") };
  await refusedWith(alike, rows, words, 3, 'two items share no words but "hat", more than 50 %');
});

Deno.test("preprocess leaves nothing behind where features or texts are of no use", async () => {
  const run = (file: string, option: readonly string[], ...found: readonly string[]) =>
    refusedWith({ "items.csv": file }, clicks, [...core, ...option], 3, ...found);
  const image = ["--features", "image=items.csv"];
  await run("asin,x\nb1,1\n", image, "it has no features for any of the 3 items");
  await run("asin,x\nB1,one\n", image, 'line 2 has "one" in "x"');
  const words = ["--text", "words=items.csv:title"];
  await run("asin,title\nb1,hat\n", words, "it has no text for any of the 3 items");
  await run("asin,title\nB1,hat\nB3,shoe\n", words, "no two items share a word");
  await run("sku-no,title\nB1,hat\n", words, 'there is none called "asin"');
  await run("asin,asin,x\nB1,B3,1\n", image, 'two columns are named "asin"');
  // A dataset's own ids, as a spreadsheet leaves them after it has sorted them by id.
  const vectors = {
    "v.npy": encodeNpy([2, 1], new Float32Array([6, 4])),
    "ids.csv": "itemID,id\n1,B1\n0,B3\n",
  };
  const sorted = [...core, "--features", "v=v.npy#ids.csv"];
  const expected =
    'line 2 has the itemID "1", expected 0: its lines are to be in the order of the rows of';
  await refusedWith(vectors, clicks, sorted, 3, expected, "Sort it by itemID");
});

Deno.test("preprocess refuses modalities without a use or with one name", async () => {
  await refused("", ["--dim", "8"], 2, "--dim without --text");
  await refused("", ["--features", "image"], 2, "expected NAME=FILE");
  await refused("", ["--text", "words=-:title"], 2, "Cannot read --text from stdin");
  const twice = ["--features", "a=x.csv", "--text", "a=x.csv:title"];
  await refused("", twice, 2, 'two modalities with the name "a"');
  // macOS and Windows have one file for both.
  const capital = ["--features", "Image=x.csv", "--features", "image=y.csv"];
  await refused("", capital, 2, 'with the names "Image" and "image": they are one file where');
  await refused("", ["--features", "USER=x.csv"], 2, 'Cannot use the name "USER"');
  await refusedWith(
    { "items.csv": "asin,title\nB1,hat\n" },
    clicks,
    [...core, "--text", "words=items.csv:titel"],
    2,
    'Did you mean "title"?',
  );
});
