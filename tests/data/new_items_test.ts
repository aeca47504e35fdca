import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readNewItems } from "../../data/ingest/new_item_files.ts";
import { withNewItems } from "../../data/new_items.ts";
import { writeNpy } from "../../data/npy.ts";
import { BandpassError, DataError, UsageError } from "../../errors.ts";
import { madeDataset } from "../datasets.ts";

const none = { users: new Uint32Array(), items: new Uint32Array() };
const modality = (name: string, columns: number) => ({
  ...{ name, rows: 2, columns },
  values: Float32Array.from({ length: 2 * columns }, (_, n) => n + 1),
});
const dataset = madeDataset({
  ...{ name: "shop", users: 1, items: 2, train: none, valid: none, test: none },
  modalities: [modality("image", 3), modality("sound", 2)],
});

Deno.test("withNewItems() puts items with their ids and features behind those of the dataset", () => {
  const features = new Map([["image", Float32Array.of(9, 8, 7, 6, 5, 4)]]);
  const { items, itemIds, modalities } = withNewItems(dataset, { ids: ["a", "b"], features });
  assertEquals([items, itemIds.count, itemIds.idOf(1), itemIds.idOf(3)], [4, 4, 1, "b"]);
  assertEquals([itemIds.indexOf("1"), itemIds.indexOf(" b "), itemIds.indexOf("c")], [
    1,
    3,
    undefined,
  ]);
  assertEquals([...modalities[0].values], [1, 2, 3, 4, 5, 6, 9, 8, 7, 6, 5, 4]);
  assertEquals([...modalities[1].values], [1, 2, 3, 4, 0, 0, 0, 0]);
  assertEquals(modalities.map(({ rows }) => rows), [4, 4]);
});

Deno.test("withNewItems() refuses what cannot be scored", () => {
  const one = Float32Array.of(1, 2, 3);
  const refused = (
    ids: string[],
    features: [string, Float32Array][],
    message: string,
    of = dataset,
  ) =>
    assertThrows(
      () => withNewItems(of, { ids, features: new Map(features) }),
      BandpassError,
      message,
    );
  refused(["1"], [["image", one]], 'Cannot add the new item "1": "shop" has it already');
  refused(["0", "1"], [["sound", Float32Array.of(1, 2, 3, 4)]], '"0" and 1 other item: ');
  refused(
    ["a"],
    [["picture", one]],
    'features "picture" of new items: "shop" has "image", "sound"',
  );
  refused(["a"], [["sound", one]], "found 3 numbers an item, expected 2");
  refused(
    ["a", "b"],
    [["sound", Float32Array.of(1, 2, 0, 0)]],
    'Cannot score 1 new item of "shop", such as "b": no features',
  );
  // The mean of all says nothing of an item, and neither do columns that are the same throughout.
  refused(
    ["a", "mean"],
    [["image", Float32Array.of(9, 8, 7, 2.5, 3.5, 4.5)]],
    'such as "mean": no features are given, none of the words of the text are known, or the features',
  );
  const constant = { ...modality("image", 2), values: new Float32Array(4).fill(1) };
  refused(["a"], [["image", Float32Array.of(1, 5)]], 'Cannot score 1 new item of "shop"', {
    ...dataset,
    modalities: [constant],
  });
  refused(["a"], [], "it has no features", { ...dataset, modalities: [] });
});

Deno.test("readNewItems() reads tables and arrays with ids, of one modality or several", async () => {
  const folder = await Deno.makeTempDir();
  const [table, array, ids] = ["image.csv", "sound.npy", "ids.txt"].map((name) =>
    `${folder}/${name}`
  );
  await Deno.writeTextFile(table, "sku,x,y,z\nb,1,2,3\na,4,5,6\n");
  await writeNpy(array, [2, 2], Float32Array.of(7, 8, 9, 10));
  await Deno.writeTextFile(ids, "c\na\n");
  const reading = { itemColumn: "sku", textModalities: new Set<string>() };
  const found = await readNewItems(dataset, [
    { name: "image", path: table },
    { name: "sound", path: array, idPath: ids },
  ], reading);
  assertEquals(found.ids, ["b", "a", "c"]);
  assertEquals([...found.features.get("image")!], [1, 2, 3, 4, 5, 6, 0, 0, 0]);
  assertEquals([...found.features.get("sound")!], [0, 0, 9, 10, 7, 8]);
  const single = { ...dataset, modalities: dataset.modalities.slice(0, 1) };
  assertEquals((await readNewItems(single, [{ path: table }], reading)).ids, ["b", "a"]);
});

Deno.test("readNewItems() says what is missing", async () => {
  const folder = await Deno.makeTempDir();
  const table = `${folder}/new.csv`;
  const reading = { itemColumn: "sku", textModalities: new Set<string>() };
  const refused = async (
    text: string,
    source: { name?: string; path?: string },
    kind: typeof DataError | typeof UsageError,
    message: string,
    texts: string[] = [],
  ) => {
    await Deno.writeTextFile(table, text);
    const sources = [{ path: table, ...source }];
    const more = { ...reading, textModalities: new Set(texts) };
    await assertRejects(() => readNewItems(dataset, sources, more), kind, message);
  };
  await refused("sku,x\na,1\n", {}, UsageError, '"shop" has "image", "sound"');
  await refused("sku,x\na,1\n", { name: "smell" }, UsageError, 'features "smell" of new items');
  await refused("sku,x\n ,1\n", { name: "image" }, DataError, "line 2 has no item id");
  await refused("sku,x\n", { name: "image" }, DataError, "found a header and no rows");
  await refused("sku,x\na,1\na,2\n", { name: "image" }, DataError, 'both have the item "a"');
  await refused("", { path: `${folder}/x.npy`, name: "image" }, UsageError, "whose its rows are");
  await refused("sku,x\na,1\n", { name: "image" }, DataError, "image_text.safetensors", ["image"]);
});

Deno.test("readNewItems() refuses two files of one modality, and a column of ids that is not looked for", async () => {
  const folder = await Deno.makeTempDir();
  const [one, two] = ["one.csv", "two.csv"].map((name) => `${folder}/${name}`);
  await Deno.writeTextFile(one, "sku,x,y,z\na,1,2,3\n");
  await Deno.writeTextFile(two, "sku,x,y,z\nb,4,5,6\n");
  const reading = { itemColumn: "sku", textModalities: new Set<string>() };
  await assertRejects(
    () =>
      readNewItems(
        dataset,
        [{ name: "image", path: one }, { name: "image", path: two }],
        reading,
      ),
    UsageError,
    `Cannot use "${one}" and "${two}" for new items: both are read for "image"`,
  );
  await assertRejects(
    () => readNewItems(dataset, [{ name: "image", path: one, idColumn: "y" }], reading),
    UsageError,
    'Cannot use the column "y"',
  );
});
