import { assertAlmostEquals, assertEquals } from "@std/assert";
import { metricsFromRanks, protocolCutoffs, rankMetrics } from "../../evaluation/metrics.ts";
import { itemStrata, userStrata } from "../../evaluation/strata.ts";
import { madeDataset } from "../datasets.ts";

const none = { users: new Uint32Array(), items: new Uint32Array() };
// Item 0 has six train rows, item 1 two, item 2 one, item 3 none; user 0 has three, user 1 one,
// user 2 five.
const dataset = madeDataset({
  name: "strata",
  users: 3,
  items: 4,
  train: {
    users: Uint32Array.from([0, 0, 0, 1, 2, 2, 2, 2, 2]),
    items: Uint32Array.from([0, 0, 1, 0, 0, 0, 0, 1, 2]),
  },
  valid: none,
  test: none,
  modalities: [],
});
const ranked = {
  users: Uint32Array.from([0, 1, 2]),
  start: Uint32Array.from([0, 2, 3, 4]),
  items: Uint32Array.from([3, 2, 0, 3]),
  ranks: Uint32Array.from([0, 30, 4, 100]),
};

Deno.test("userStrata() parts users by their train interactions", () => {
  const strata = userStrata(ranked, dataset, 3);
  const cold = strata["users with at most 3 train interactions"];
  assertEquals([cold.users, cold.held_out], [2, 3]);
  // User 0 finds one of two in the first five, user 1 its only one.
  assertAlmostEquals(cold.metrics!["recall@5"], (1 / 2 + 1) / 2);
  const warm = strata["users with more than 3 train interactions"];
  assertEquals([warm.users, warm.held_out, warm.metrics!["recall@50"]], [1, 1, 0]);
});

Deno.test("userStrata() says nothing of a stratum without users", () => {
  const strata = userStrata(ranked, dataset, 0);
  assertEquals(strata["users with at most 0 train interactions"], { users: 0, held_out: 0 });
  assertEquals(
    strata["users with more than 0 train interactions"].metrics,
    metricsFromRanks(ranked, protocolCutoffs, rankMetrics),
  );
});

Deno.test("itemStrata() parts held-out items by thirds of the train interactions", () => {
  const strata = itemStrata(ranked, dataset);
  // Item 0 begins the first third and holds the second; items 1 and 2 lie in the last.
  assertEquals([strata["head items"].users, strata["head items"].held_out], [1, 1]);
  assertEquals(strata["head items"].metrics!["recall@5"], 1);
  assertEquals(strata["mid items"], { users: 0, held_out: 0 });
  assertEquals(strata["tail items"].metrics!["recall@50"], 1);
});

Deno.test("itemStrata() parts held-out items by their number of train interactions", () => {
  const strata = itemStrata(ranked, dataset);
  const none = strata["items without train interactions"];
  assertEquals([none.users, none.held_out, none.metrics!["recall@50"]], [2, 2, 1 / 2]);
  const few = strata["items with 1 to 5 train interactions"];
  assertEquals([few.users, few.held_out, few.metrics!["recall@50"]], [1, 1, 1]);
  const more = strata["items with more than 5 train interactions"];
  assertEquals([more.users, more.held_out, more.metrics!["recall@5"]], [1, 1, 1]);
});
