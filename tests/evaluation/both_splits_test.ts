import { assertEquals, assertRejects } from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import { InterruptedError } from "../../errors.ts";
import { rankBothSplits } from "../../evaluation/both_splits.ts";
import { dataset as filterDataset } from "../models/filters/filter_case.ts";
import { randomInteractions } from "../reference/filters.ts";
import { withModel } from "./loaded.ts";

Deno.test("rankBothSplits() gives the ranks of each split by itself", async () => {
  const { users, items } = filterDataset;
  const [valid, test] = [3, 4].map((seed) => randomInteractions(users, items, 0.05, seed).pairs);
  const dataset: Dataset = { ...filterDataset, valid, test };
  await withModel(dataset, { model: "itemknn", settings: {}, seed: 0 }, async (scored) => {
    const both = await rankBothSplits(scored);
    assertEquals(both.valid, await scored.rank("valid", "train"));
    assertEquals(both.test, await scored.rank("test", "train"));
    const { signal } = new AbortController();
    assertEquals(await rankBothSplits(scored, { signal }), both);
    assertEquals(await scored.rank("test", "train", signal), both.test);
    await assertRejects(
      () => rankBothSplits(scored, { signal: AbortSignal.abort() }),
      InterruptedError,
    );
  });
});
