import { assertEquals, assertRejects } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { type DatasetContents, writeDataset } from "../../../data/ingest/write_dataset.ts";
import { temporaryName } from "../../../data/temporary.ts";
import { BandpassError, UsageError } from "../../../errors.ts";

const contents: DatasetContents = {
  name: "shop",
  rows: {
    start: new Uint32Array([0, 2, 3]),
    items: new Uint32Array([1, 0, 1]),
    times: new Float64Array([-1.5, Infinity, 1_400_000_000]),
  },
  labels: new Uint8Array([0, 2, 1]),
  userIds: ["ann", "b,ob"],
  itemIds: ["x", "y"],
  modalities: [{ name: "image", rows: 2, columns: 1, values: new Float32Array([3, 4]) }],
  description: {
    name: "shop",
    made_by: "bandpass 0.1.0 preprocess",
    modalities: [{ name: "image" }],
  },
};

async function withFolder(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();

Deno.test("writeDataset() writes what readDataset() reads, and nothing beside it", () =>
  withFolder(async (directory) => {
    await writeDataset(`${directory}/new/shop`, contents, false);
    const { users, items, train, valid, test, modalities } = await readDataset(
      `${directory}/new/shop`,
    );
    assertEquals([users, items], [2, 2]);
    assertEquals([train, valid, test].map((rows) => [[...rows.users], [...rows.items]]), [
      [[0], [1]],
      [[1], [1]],
      [[0], [0]],
    ]);
    assertEquals([...modalities[0].values], [3, 4]);
    assertEquals(
      await Deno.readTextFile(`${directory}/new/shop/shop.inter`),
      "userID\titemID\ttimestamp\tx_label\n0\t1\t-1.5\t0\n0\t0\t\t2\n1\t1\t1400000000\t1\n",
    );
    assertEquals(await names(`${directory}/new`), ["shop"]);
  }));

Deno.test("writeDataset() keeps the former dataset whole where a file cannot be written", () =>
  withFolder(async (directory) => {
    const folder = `${directory}/shop`;
    await writeDataset(folder, contents, false);
    const former = await names(folder);
    const [image] = contents.modalities;
    const broken = { ...contents, modalities: [{ ...image, name: "no/such/folder" }] };
    for (const overwrite of [true, false]) {
      await assertRejects(() => writeDataset(folder, broken, overwrite), BandpassError);
      assertEquals(await names(directory), ["shop"]);
      assertEquals(await names(folder), former);
    }
    await assertRejects(() => writeDataset(folder, contents, false), UsageError, "already exists");
  }));

Deno.test("writeDataset() replaces no folder that holds files that preprocess did not write", () =>
  withFolder(async (directory) => {
    const folder = `${directory}/shop`;
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/shop.inter`, "userID\titemID\tx_label\n");
    const replace = () => writeDataset(folder, contents, true);
    await assertRejects(replace, UsageError, "preprocess did not write it");
    await Deno.writeTextFile(`${folder}/dataset.json`, '{"name": "shop"}');
    await assertRejects(replace, UsageError, "preprocess did not write it");
    for (const modalities of ["{}", "[null]", "7"]) {
      await Deno.writeTextFile(
        `${folder}/dataset.json`,
        `{"made_by": "bandpass 1 preprocess", "name": "mine", "modalities": ${modalities}}`,
      );
      await assertRejects(replace, UsageError, '"shop.inter"');
    }
    await Deno.remove(folder, { recursive: true });
    await writeDataset(folder, contents, false);
    await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
    await assertRejects(replace, UsageError, '"notes.txt"');
    assertEquals(await Deno.readTextFile(`${folder}/notes.txt`), "mine");
    await Deno.remove(`${folder}/notes.txt`);
    // Written by hand, where --meta made none.
    await Deno.writeTextFile(`${folder}/items_meta.csv`, "id,title\nB,Hat\n");
    await assertRejects(replace, UsageError, '"items_meta.csv"');
    await Deno.remove(`${folder}/items_meta.csv`);
    await replace();
    assertEquals(await names(directory), ["shop"]);
  }));

Deno.test("writeDataset() clears what killed ones left beside the folder", () =>
  withFolder(async (directory) => {
    const folder = `${directory}/shop`;
    await writeDataset(folder, contents, false);
    for (const kind of ["tmp", "former"] as const) {
      const left = temporaryName(folder, kind);
      await Deno.mkdir(left);
      await Deno.writeTextFile(`${left}/dataset.json`, "");
      await Deno.writeTextFile(`${left}/shop.inter`, "half");
    }
    await writeDataset(folder, contents, true);
    assertEquals(await names(directory), ["shop"]);
  }));
