import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { readTextFit } from "../../../data/ingest/text_fit.ts";
import { protocolText } from "../../../evaluation/ranking.ts";
import { preprocess, refused } from "./preprocess_process.ts";

const clicks = "user,item,time\n" +
  "a,x,2024-04-01\na,y,2024-04-02\nb,x,2024-04-03\nb,z,2024-04-28\n" +
  "a,z,2024-05-01\nb,w,2024-05-31T23:59:59Z\na,w,2024-06-01\nb,y,2024-06-02\n";
const split = [
  ...["--split", "global-time", "--valid-from", "2024-05-01", "--test-from", "2024-06-01"],
];

Deno.test("preprocess splits at given points with a gap, keeps times, and states how in results", () =>
  preprocess(
    clicks,
    [...split, "--gap", "7d", "--k-core", "1"],
    async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      assertStringIncludes(stderr, "\ngap                  7 ");
      assertStringIncludes(stderr, "Split global-time at 2024-05-01 and 2024-06-01: 3 train, 2 ");
      assertStringIncludes(stderr, "Without a train row: 2 items; no model learns about them");
      const path = `${directory}/shop/shop.inter`;
      const text = await Deno.readTextFile(path);
      const rows = text.trimEnd().split("\n");
      assertEquals(rows.map((row) => row.split("\t").slice(2).join(" ")), [
        "timestamp x_label",
        ...["1711929600 0", "1712016000 0", "1714521600 1", "1717200000 2"],
        ...["1712102400 0", "1717199999 1", "1717286400 2"],
      ]);
      const dataset = await readDataset(`${directory}/shop`);
      const protocol = "split global-time, validation from 2024-05-01, test from 2024-06-01, " +
        "a gap of 1 week before";
      assertEquals(dataset.splitProtocol, protocol);
      assert(protocolText("test", "train", dataset).endsWith(`; ${protocol}`));
      // What is written of other rows states nothing.
      await Deno.writeTextFile(path, text.replace(/2\n$/, "1\n"));
      assertEquals((await readDataset(`${directory}/shop`)).splitProtocol, undefined);
    },
  ));

Deno.test("preprocess learns from words and vectors of items that were there at the point in time", async () => {
  const run = (later: string) => {
    const found: unknown[] = [];
    return preprocess(
      clicks,
      [...split, "--k-core", "1", "--text", "words=t.csv:t", "--features", "v=v.csv"],
      async ({ code, stderr }, directory) => {
        assertEquals(code, 0, stderr);
        const folder = `${directory}/shop`;
        const { modalities, itemIds } = await readDataset(folder);
        const [{ columns, values }] = modalities.filter(({ name }) => name === "v");
        found.push(
          await readTextFit(
            `${folder}/words_text.safetensors`,
            modalities.find(({ name }) => name === "words")!.columns,
          ),
        );
        // y has no vector, and gets the mean of x and z.
        found.push([...values.subarray(itemIds.indexOf("y")! * columns).subarray(0, columns)]);
      },
      async (directory) => {
        const texts = `item,t\nx,red shoe\ny,red hat\nz,blue shoe\nw,${later}\n`;
        await Deno.writeTextFile(`${directory}/t.csv`, texts);
        await Deno.writeTextFile(`${directory}/v.csv`, `item,p\nx,1\nz,2\nw,${later.length}\n`);
      },
    ).then(() => found);
  };
  const [fit, mean] = await run("red red shoe");
  assertEquals(mean, [1.5]);
  assertEquals(await run("blue hat hat"), [fit, mean]);
});

Deno.test("preprocess holds out a user's last N rows", () =>
  preprocess(
    "user,item,time\n" + Array.from("abcdefg", (item, n) => `u,${item},${9 - n}\n`).join(""),
    ["--split", "leave-last", "--last", "2", "--k-core", "1"],
    async ({ code, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      const dataset = await readDataset(`${directory}/shop`);
      const ids = (items: Uint32Array) => [...items].map((item) => dataset.itemIds.idOf(item));
      assertEquals([ids(dataset.valid.items), ids(dataset.test.items)], [["d", "c"], ["b", "a"]]);
      assertEquals(dataset.splitProtocol, "split leave-last, 2 rows each");
    },
  ));

Deno.test("preprocess refuses points in time that leave a split empty", () =>
  refused(
    clicks,
    [...split, "--gap", "20w", "--k-core", "1"],
    3,
    "found 0 rows before 2023-12-13 for train, 2 from 2024-05-01 on for validation and 2 from",
    "rows are of 2024-04-01 to 2024-06-02",
    "Choose points between these two, or a smaller --gap",
  ));
