import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { DataError, UsageError } from "../../errors.ts";
import { explainSimilar } from "../../explain/explain_similar.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId } from "../recommender/shop.ts";
import { dataset, sumOf, untrained } from "./explained_shop.ts";

const settings = { dim: 16, batch: 64 };

Deno.test("explainSimilar() gives what similarItems() gives, with cosines that their parts sum to", async () => {
  const gpu = await testGpu();
  const lists: Record<string, string[]> = {
    ssr: ["id", "image", "text", "low", "middle", "high"],
    fitmm: ["id", "image", "text", "low", "middle", "high"],
    smore: ["behaviour", "image", "text", "fusion"],
    vbpr: ["id", "text", "image", "bias"],
    lightgcn: ["own row", "1 hop", "2 hops"],
    bpr: [],
  };
  for (const [name, parts] of Object.entries(lists)) {
    await using model = await train(dataset, name, { gpu, settings, epochs: 2 });
    for (const item of [3, untrained]) {
      const similar = await explainSimilar(model, { item, k: 4 });
      const expected = await model.similarItems(itemId(item), { topK: 4 });
      const listed = similar.items.map(({ item, score }) => ({ item, score }));
      assertEquals(listed, expected, name);
      assertEquals([similar.item, similar.measure], [itemId(item), "cosine"]);
      for (const { breakdowns, score } of similar.items) {
        for (const breakdown of breakdowns) assertAlmostEquals(sumOf(breakdown), score, 1e-5);
      }
      const names = similar.lists.map((list) => list.name);
      assertEquals(names, item === untrained ? [] : parts, name);
      for (const list of similar.lists) {
        assertEquals(list.items.length, 4);
        assert(!list.items.some((one) => one.item === itemId(item)));
        assert(list.items.every(({ score }, n) => n === 0 || score <= list.items[n - 1].score));
      }
    }
  }
});

Deno.test("explainSimilar() gives what somebody gets who took the item alone, of a model without rows", async () => {
  const gpu = await testGpu();
  await using model = await train(dataset, "mmgf", { gpu, settings: { search: "none" } });
  const similar = await explainSimilar(model, { item: 3, k: 4 });
  const expected = await model.similarItems(itemId(3), { topK: 4 });
  assertEquals(similar.items.map(({ item, score }) => ({ item, score })), expected);
  assertEquals(similar.measure, "history");
  for (const { breakdowns: [filter], score } of similar.items) {
    assertEquals(filter.by, "filter");
    assertAlmostEquals(sumOf(filter), score, 1e-5);
  }
  const names = similar.lists.map(({ name }) => name);
  assertEquals(names, ["taken together", "similar image", "similar text"]);
});

Deno.test("explainSimilar() refuses what it knows nothing of", async () => {
  await using model = await train(dataset, "itemknn", { gpu: await testGpu() });
  for (const request of [{ item: 60 }, { item: -1 }, { item: 3, k: 0 }, { item: 3, k: 1001 }]) {
    await assertRejects(() => explainSimilar(model, request), UsageError, "Cannot");
  }
  const about = `what is similar to "${itemId(untrained)}"`;
  await assertRejects(() => explainSimilar(model, { item: untrained }), DataError, about);
});
