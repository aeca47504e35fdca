import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readDataset } from "../../data/folder.ts";
import { sampleFiles, splitOfRows, writeSample } from "../../data/sample.ts";
import { BandpassError } from "../../errors.ts";

Deno.test("sampleFiles() gives the same bytes on every machine", async () => {
  const hashes = await Promise.all(
    sampleFiles().map(async ({ name, bytes }) => {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return [name, digest.slice(0, 8).toHex()];
    }),
  );
  assertEquals(hashes, [
    ["sample.inter", "bb92cf2cdae47c3e"],
    ["image_feat.npy", "2e1606810d0a38e4"],
    ["text_feat.npy", "d161f004890d93ed"],
  ]);
});

Deno.test("readDataset() makes the sample on first use, of the size it is said to have", async () => {
  const directory = await Deno.makeTempDir();
  const dataset = await readDataset(`${directory}/new/sample`);
  assertEquals([dataset.users, dataset.items], [1200, 600]);
  assertEquals(dataset.modalities.map(({ name, rows, columns }) => [name, rows, columns]), [
    ["image", 600, 64],
    ["text", 600, 32],
  ]);
  const { train, valid, test } = dataset;
  const rows = train.users.length + valid.users.length + test.users.length;
  assertAlmostEquals(rows, 12_000, 250);

  const ofUser = new Uint32Array(1200);
  for (const user of train.users) ofUser[user]++;
  const cold = ofUser.filter((count) => count <= 4).length;
  assertAlmostEquals(cold, 0.08 * 1200, 25);
  assertEquals(Math.min(...ofUser), 3);

  const ofItem = new Uint32Array(600);
  for (const item of train.items) ofItem[item]++;
  const mostPopular = ofItem.toSorted().reverse().subarray(0, 120);
  const share = mostPopular.reduce((sum, count) => sum + count) / train.items.length;
  assertEquals(share > 0.45, true, `the top fifth of the items has ${share} of the rows`);
  assertEquals(ofItem.filter((count) => count === 0).length >= 5, true);

  const { userIds: _users, itemIds: _items, ...again } = await readDataset(
    `${directory}/new/sample`,
  );
  const { userIds, itemIds, ...first } = dataset;
  assertEquals(again, first);
  assertEquals([userIds.count, itemIds.count], [1200, 600]);
  assertEquals(Array.from(Deno.readDirSync(`${directory}/new`), (entry) => entry.name), ["sample"]);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("writeSample() leaves a folder of that name alone", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/sample`);
  await Deno.writeTextFile(`${folder}/sample/notes.txt`, "mine");
  await assertRejects(
    () => writeSample(`${folder}/sample`),
    BandpassError,
    "a file or folder with this name already exists",
  );
  assertEquals(Array.from(Deno.readDirSync(folder), (entry) => entry.name), ["sample"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("splitOfRows() follows MMRec's rule", () => {
  const counts = (rows: number) => {
    const splits = splitOfRows(rows);
    return ["train", "valid", "test"].map((name) => splits.filter((s) => s === name).length);
  };
  assertEquals(counts(5), [3, 1, 1]);
  assertEquals(counts(9), [7, 1, 1]);
  assertEquals(counts(10), [8, 1, 1]);
  assertEquals(counts(14), [12, 1, 1]);
  assertEquals(counts(15), [12, 1, 2]);
  assertEquals(counts(20), [16, 2, 2]);
  assertEquals(counts(29), [24, 2, 3]);
});
