import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { FeatureDiversity } from "../../evaluation/feature_diversity.ts";
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { madeDataset } from "../datasets.ts";

const none = { users: new Uint32Array(), items: new Uint32Array() };
// Item 0 is had by users 0 to 3, item 1 by users 0 and 1, item 2 by user 2, items 3 and 4 by nobody; users 4 to 7 have
// nothing.
const train = {
  users: Uint32Array.from([0, 1, 2, 3, 0, 1, 2]),
  items: Uint32Array.from([0, 0, 0, 0, 1, 1, 2]),
};
const dataset = madeDataset({
  ...{ name: "lists", users: 8, items: 5, train, valid: none, test: none, modalities: [] },
});

/** Three lists: the second one is short, and the third one is of a user without a train row. */
function threeLists(): ListMetrics {
  const lists = new ListMetrics(dataset, 3, [1, 2]);
  lists.add(0, Uint32Array.from([0, 3, 4]));
  lists.add(2, Uint32Array.from([1]));
  lists.add(7, Uint32Array.from([0, 2]));
  return lists;
}

function assertTotal(found: Record<string, number>, expected: Record<string, number>): void {
  assertEquals(Object.keys(found), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(found[name], value, 1e-15, name);
  }
}

Deno.test("ListMetrics gives the fractions computed by hand", () => {
  // Popularities 4, 2, 1, 0, 0; of 8 users these are 1, 2, 3, 3 and 3 bits, for nobody counts as one.
  // Profiles: user 0 has items 0 and 1, hence 3; user 2 has items 0 and 2, hence 5/2.
  assertTotal(threeLists().total(), {
    "coverage@1": 2 / 5,
    "coverage@2": 4 / 5,
    // Ascending counts 0, 0, 0, 1, 2, and 0, 1, 1, 1, 2, times −4, −2, 0, 2, 4.
    "gini@1": (2 * 1 + 4 * 2) / (5 * 3),
    "gini@2": (-2 * 1 + 0 * 1 + 2 * 1 + 4 * 2) / (5 * 5),
    "novelty@1": (1 + 2 + 1) / 3,
    "novelty@2": ((1 + 3) / 2 + 2 + (1 + 3) / 2) / 3,
    "popularity@1": (4 + 2 + 4) / 3,
    "popularity@2": ((4 + 0) / 2 + 2 + (4 + 1) / 2) / 3,
    "popularity_ratio@1": (4 + 2) / (3 + 5 / 2),
    "popularity_ratio@2": (2 + 2) / (3 + 5 / 2),
  });
});

Deno.test("ListMetrics has the values of each list and of each profile", () => {
  const lists = threeLists();
  assertEquals([0, 1, 2].map((list) => lists.of("novelty", list, 1)), [2, 2, 2]);
  assertEquals([0, 1, 2].map((list) => lists.of("popularity", list, 1)), [2, 2, 5 / 2]);
  assertEquals([...lists.profilePopularity], [3, 3, 5 / 2, 4, NaN, NaN, NaN, NaN]);
  assertEquals(lists.names, ["novelty", "popularity"]);
});

Deno.test("ListMetrics leaves out of means what an empty list does not have", () => {
  const lists = new ListMetrics(dataset, 2, [2]);
  lists.add(0, new Uint32Array());
  lists.add(1, Uint32Array.from([1, 2]));
  assertTotal(lists.total(), {
    "coverage@2": 2 / 5,
    "gini@2": (2 + 4) / (5 * 2),
    "novelty@2": (2 + 3) / 2,
    "popularity@2": 3 / 2,
    "popularity_ratio@2": 1 / 2,
  });
  assert(Number.isNaN(lists.of("novelty", 0, 0)));
});

Deno.test("ListMetrics gives a Gini index of 0 where all items are recommended alike", () => {
  const lists = new ListMetrics(dataset, 5, [1]);
  for (let item = 0; item < 5; item++) lists.add(item, Uint32Array.of(item));
  const { "gini@1": gini, "coverage@1": coverage } = lists.total();
  assertEquals([gini, coverage], [0, 1]);
});

/** Columns of mean 0 and deviation 1: standardising leaves them as they are. */
const features = {
  ...{ name: "text", rows: 5, columns: 2 },
  values: Float32Array.from([1, 1, -1, -1, 1, -1, -1, 1, 0, 0]).map((x) => x * Math.sqrt(5 / 4)),
};

Deno.test("FeatureDiversity is the mean of 1 − cos over the pairs of a list", () => {
  const diversity = new FeatureDiversity([features]);
  // Cosines: items 0 and 1 are opposite, 0 and 2 at right angles, 1 and 2 too; item 4 has no features.
  const found = diversity.of(Uint32Array.from([0, 4, 1, 2, 0]), [1, 2, 3, 4, 9]);
  assertEquals(found.slice(0, 2), [NaN, NaN]);
  const expected = [2, (2 + 1 + 1) / 3, (2 + 1 + 0 + 1 + 2 + 1) / 6];
  expected.forEach((value, n) => assertAlmostEquals(found[n + 2], value, 1e-12));
});

Deno.test("ListMetrics has diversity where items have features", () => {
  const lists = new ListMetrics({ ...dataset, modalities: [features] }, 3, [1, 2]);
  lists.add(0, Uint32Array.from([0, 1]));
  lists.add(1, Uint32Array.from([0, 4]));
  lists.add(2, Uint32Array.from([0, 2]));
  const total = lists.total();
  assertEquals("diversity@1" in total, false);
  assertAlmostEquals(total["diversity@2"], (2 + 1) / 2, 1e-12);
  assertAlmostEquals(lists.of("diversity", 0, 1), 2, 1e-12);
  assert(Number.isNaN(lists.of("diversity", 1, 1)));
});
