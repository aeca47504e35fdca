import { assertEquals } from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import { dataset as filterDataset } from "../models/filters/filter_case.ts";
import { randomInteractions } from "../reference/filters.ts";
import { withModel } from "./loaded.ts";

Deno.test("rankBoth() gives the ranks of each split by itself", async () => {
  const { users, items } = filterDataset;
  const [valid, test] = [3, 4].map((seed) => randomInteractions(users, items, 0.05, seed).pairs);
  const dataset: Dataset = { ...filterDataset, valid, test };
  await withModel(dataset, { model: "itemknn", settings: {}, seed: 0 }, async (scored) => {
    const both = await scored.rankBoth();
    assertEquals(both.valid, await scored.rank("valid", "train"));
    assertEquals(both.test, await scored.rank("test", "train"));
  });
});
