import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { indices } from "../../data/identifiers.ts";
import {
  matchPublished,
  matchText,
  publishedCounts,
  splitHash,
} from "../../data/published_counts.ts";
import { publishedDataset } from "../../data/published_datasets.ts";

const rows = (...pairs: [number, number][]): Interactions => ({
  users: Uint32Array.from(pairs, ([user]) => user),
  items: Uint32Array.from(pairs, ([, item]) => item),
});

/** A dataset with as many users, items and rows as asked for. */
function datasetOf(name: string, users: number, items: number, count: number): Dataset {
  const train = { users: new Uint32Array(count), items: new Uint32Array(count) };
  const none = rows();
  return {
    ...{ name, users, items, train, valid: none, test: none, modalities: [] },
    ...{ userIds: indices(users), itemIds: indices(items) },
  };
}

Deno.test("splitHash() doesn't depend on the order of rows, and does on their split", () => {
  const [train, valid, test] = [rows([0, 1], [2, 0]), rows([1, 1]), rows([1, 2])];
  const hash = splitHash({ items: 3, train, valid, test });
  assertEquals(splitHash({ items: 3, train: rows([2, 0], [0, 1]), valid, test }), hash);
  assertEquals(hash.length, 64);
  const others = [
    { items: 3, train, valid: test, test: valid },
    { items: 3, train: rows([0, 1]), valid: rows([1, 1], [2, 0]), test },
    { items: 3, train: rows([0, 1], [0, 2]), valid, test },
  ];
  for (const other of others) assertEquals(splitHash(other) === hash, false);
});

Deno.test("matchPublished() tells a published dataset by its counts, whatever it is called", () => {
  const sports = matchPublished(datasetOf("mine", 35_598, 18_357, 296_337))!;
  assertEquals([sports.published.name, sports.sameCounts, sports.sameSplit], [
    ...["sports", true, undefined],
  ]);
  assertStringIncludes(matchText(sports), 'The counts are those of the published "sports"');
  const tiktok = matchPublished(datasetOf("tiktok", 9_308, 6_710, 68_722))!;
  assertEquals(tiktok.sameSplit, false);
  assertStringIncludes(matchText(tiktok), "rows or their split are others");
  const clothing = matchPublished(datasetOf("a", 39_387, 23_033, 278_677))!;
  assertStringIncludes(matchText(clothing), "were not verified");
});

Deno.test("matchPublished() tells what the dataset of a name has where this one hasn't", () => {
  const other = matchPublished(datasetOf("Amazon-Baby", 10, 10, 50))!;
  assertEquals([other.published.name, other.sameCounts], ["baby", false]);
  assertStringIncludes(matchText(other), "has 19,445 users, 7,050 items and 160,792 interactions");
  assertEquals(matchPublished(datasetOf("shop", 10, 10, 50)), undefined);
});

Deno.test("all published counts are of datasets that are known by name, each told apart", () => {
  const keys = publishedCounts.map(({ users, items, interactions }) =>
    `${[users, items, interactions]}`
  );
  assertEquals(new Set(keys).size, keys.length);
  for (const { name } of publishedCounts) assertEquals(publishedDataset(name)?.name, name);
});
