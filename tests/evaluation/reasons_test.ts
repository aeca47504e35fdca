import { assertEquals } from "@std/assert";
import { reasonsFor } from "../../evaluation/reasons.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, shop, small } from "../recommender/shop.ts";

const own = Uint32Array.of(4, 17, 30);
const items = Uint32Array.of(9, 2, 51);

Deno.test("reasonsFor() gives the own items whose rows are the most similar", async () => {
  await using model = await train(shop, "bpr", { ...small, gpu: await testGpu() });
  const scored = await model.scored();
  const [found, none] = await reasonsFor(
    scored,
    [{ own, items }, { own: new Uint32Array(), items }],
    2,
  );
  assertEquals(none.map((reasons) => [...reasons]), [[], [], []]);
  for (const [n, item] of items.entries()) {
    const options = { topK: 2, items: Array.from(own, itemId) };
    const similar = await model.similarItems(itemId(item), options);
    const expected = similar.filter(({ score }) => score > 0).map((one) => one.item);
    assertEquals(Array.from(found[n], itemId), expected, itemId(item));
  }
});

Deno.test("reasonsFor() gives the own items that add to a score, where there are no rows", async () => {
  const gpu = await testGpu();
  await using model = await train(shop, "itemknn", { gpu });
  const [found] = await reasonsFor(await model.scored(), [{ own, items }], 3);
  const options = { topK: 60, excludeSeen: [] };
  for (const [n, item] of items.entries()) {
    const weights = new Map<number, number>();
    for (const one of own) {
      const list = await model.recommendForHistory([itemId(one)], options);
      weights.set(one, list.find((other) => other.item === itemId(item))!.score);
    }
    const expected = [...own].filter((one) => weights.get(one)! > 0)
      .sort((a, b) => weights.get(b)! - weights.get(a)! || a - b);
    assertEquals([...found[n]], expected, itemId(item));
  }
});

Deno.test("reasonsFor() gives none where own items make no difference", async () => {
  await using model = await train(shop, "popularity", { gpu: await testGpu() });
  const [found] = await reasonsFor(await model.scored(), [{ own, items }], 3);
  assertEquals(found.map((reasons) => reasons.length), [0, 0, 0]);
});
