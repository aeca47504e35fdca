import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { flags } from "../../cli/common/flags.ts";
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { writeNpy } from "../../data/npy.ts";
import { matchPublished } from "../../data/published_counts.ts";
import { howToGet, publishedDataset } from "../../data/published_datasets.ts";
import { DataError, inWords } from "../../errors.ts";

async function withDatasets(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${directory}/toys`);
    await Deno.writeTextFile(
      `${directory}/toys/toys.inter`,
      "userID\titemID\tx_label\n0\t2\t0\n1\t0\t1\n1\t1\t2\n",
    );
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function refusal(directory: string, name: string): Promise<DataError> {
  return await assertRejects(
    () => datasetFolder(directory, name).then(readDataset),
    DataError,
  ) as DataError;
}

Deno.test("readDataset() reads ids with any number of modalities", () =>
  withDatasets(async (directory) => {
    assertEquals((await readDataset(`${directory}/toys`)).modalities, []);
    for (const name of ["text", "image", "audio"]) {
      await writeNpy(`${directory}/toys/${name}_feat.npy`, [3, 1], new Float32Array(3));
    }
    const dataset = await readDataset(`${directory}/toys`);
    assertEquals([dataset.name, dataset.users, dataset.items], ["toys", 2, 3]);
    assertEquals(dataset.modalities.map(({ name }) => name), ["audio", "image", "text"]);
  }));

Deno.test("readDataset() refuses features with fewer or more rows than there are items", () =>
  withDatasets(async (directory) => {
    for (const rows of [2, 4]) {
      await writeNpy(`${directory}/toys/image_feat.npy`, [rows, 1], new Float32Array(rows));
      const error = await refusal(directory, "toys");
      assertStringIncludes(error.message, `toys/image_feat.npy": found ${rows} rows, expected 3`);
      assertStringIncludes(error.message, `toys.inter" names the items 0 to 2`);
    }
  }));

Deno.test("readDataset() keeps user_feat.npy apart, one row a user", () =>
  withDatasets(async (directory) => {
    await writeNpy(`${directory}/toys/image_feat.npy`, [3, 1], new Float32Array(3));
    await writeNpy(`${directory}/toys/user_feat.npy`, [2, 4], new Float32Array(8).fill(1));
    const { modalities, userFeatures } = await readDataset(`${directory}/toys`);
    assertEquals(modalities.map(({ name }) => name), ["image"]);
    assertEquals([userFeatures?.rows, userFeatures?.columns], [2, 4]);
    await writeNpy(`${directory}/toys/user_feat.npy`, [3, 4], new Float32Array(12));
    const error = await refusal(directory, "toys");
    assertStringIncludes(error.message, `toys/user_feat.npy": found 3 rows, expected 2`);
    assertStringIncludes(error.message, `toys.inter" names the users 0 to 1`);
    assertEquals(
      error.nextStep,
      "Give each user of the .inter file one row of features, in the order of userID",
    );
  }));

Deno.test("readDataset() lists the datasets that are there and names the nearest", () =>
  withDatasets(async (directory) => {
    await Deno.mkdir(`${directory}/empty`);
    const near = await refusal(directory, "tyos");
    assertStringIncludes(near.message, `Cannot find the dataset "tyos"`);
    assertStringIncludes(near.message, `${directory}/tyos/tyos.inter"; found "sample", "toys"`);
    assertEquals(near.nextStep, 'Did you mean "toys"?');
    const far = await refusal(directory, "amazon-books");
    assertStringIncludes(far.nextStep!, '"data_dir"');
  }));

Deno.test("readDataset() says where a dataset of the field is published, and what makes it one", () =>
  withDatasets(async (directory) => {
    const baby = await refusal(directory, "baby");
    assertStringIncludes(baby.message, `expected "${directory}/baby/baby.inter"; found "sample"`);
    const [published, steps, ...rest] = baby.told(flags).nextStep!.split("\n");
    assertEquals(rest, []);
    assertStringIncludes(published, "MMRec's repository");
    assertStringIncludes(steps, `"${directory}/baby"`);
    assertStringIncludes(
      steps,
      `preprocess --dataset baby --data-dir ${directory} --input reviews_`,
    );
    // What is there is read, whatever it is called.
    assertEquals((await readDataset(`${directory}/toys`)).name, "toys");
    const away = await refusal("no/such/folder", "TikTok");
    assertStringIncludes(away.nextStep!, "MMSSL");
    const standard = howToGet(publishedDataset("toys")!, "datasets", true);
    assertStringIncludes(
      inWords(standard, flags),
      "preprocess --dataset toys --input reviews_Toys",
    );
  }));

Deno.test("publishedDataset() knows datasets by the names that are in use", () => {
  for (
    const [name, expected] of [
      ["Amazon-Baby", "baby"],
      ["amazon_sports", "sports"],
      ["Elec", "electronics"],
      ["ml-1m", "movielens"],
      ["ml-latest-small", "movielens"],
      ["MovieLens", "movielens"],
      ["MicroLens-100k", "microlens"],
      ["hetrec2011-lastfm-2k", "lastfm"],
      ["Last.fm", "lastfm"],
      ["tiktok", "tiktok"],
      ["allrecipes", "allrecipes"],
      ["clothing", "clothing"],
      ["babysitters", undefined],
      ["shop", undefined],
      ["", undefined],
    ] as const
  ) assertEquals(publishedDataset(name)?.name, expected, name);
});

Deno.test("readDataset() says of a dataset that cannot be read that it cannot, not that there is none", () =>
  withDatasets(async (directory) => {
    await Deno.mkdir(`${directory}/loop`);
    await Deno.symlink("loop.inter", `${directory}/loop/loop.inter`);
    const error = await refusal(directory, "loop");
    assertStringIncludes(error.message, `Cannot read "${directory}/loop/loop.inter"`);
    assertStringIncludes((await refusal(directory, "none")).message, 'found "sample", "toys"');
    const below = await refusal(`${directory}/toys/toys.inter`, "toys");
    assertStringIncludes(below.message, "is missing or unreadable");
  }));

Deno.test("readDataset() takes no path for a name", () =>
  withDatasets(async (directory) => {
    for (const name of ["../toys", "toys/toys", "", "..", "a\\b"]) {
      assertStringIncludes((await refusal(directory, name)).message, 'found "sample", "toys"');
    }
  }));

Deno.test("readDataset() says that the data directory is not there", async () => {
  const error = await refusal("no/such/folder", "toys");
  assertStringIncludes(error.message, 'the folder "no/such/folder" is missing or unreadable');
});

/** Users, items, and rows of train, valid and test. */
const published = {
  tiktok: [9308, 6710, 59541, 3051, 6130],
  baby: [19445, 7050, 118551, 21682, 20559],
  sports: [35598, 18357, 218409, 40029, 37899],
};
const realData = "../shared/data";

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

for (const [name, counts] of Object.entries(published)) {
  Deno.test({
    name: `readDataset() reads ${name} (ignored without ${realData}/${name})`,
    ignore: !isThere(`${realData}/${name}/${name}.inter`),
    fn: async () => {
      const dataset = await readDataset(`${realData}/${name}`);
      const { users, items, train, valid, test, modalities } = dataset;
      assertEquals([users, items, ...[train, valid, test].map((s) => s.users.length)], counts);
      const match = matchPublished(dataset);
      assertEquals([match?.published.name, match?.sameCounts], [name, true]);
      if (name === "tiktok") assertEquals(match?.sameSplit, true);
      assertEquals(
        modalities.map(({ name, rows, columns }) => [name, rows, columns]),
        name === "tiktok" ? [["audio", 6710, 128], ["image", 6710, 128]] : [],
      );
    },
  });
}
