import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { train } from "../../recommender/train.ts";
import { Answerer } from "../../serving/answerer.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, shop, small } from "../recommender/shop.ts";

Deno.test("similarItems() says so where nothing is known of the item", async () => {
  const kept = [...shop.train.items.keys()].filter((row) => shop.train.items[row] !== 5);
  const without = {
    users: Uint32Array.from(kept, (row) => shop.train.users[row]),
    items: Uint32Array.from(kept, (row) => shop.train.items[row]),
  };
  const gpu = await testGpu();
  const dataset = { ...shop, train: without };
  // Its row is as training began with it; features would tell of it.
  await using rows = await train({ ...dataset, modalities: [] }, "bpr", { ...small, gpu });
  await assertRejects(() => rows.similarItems(itemId(5)), DataError, "no features tell of it");
  await using model = await train(dataset, "itemknn", { gpu });
  await assertRejects(() => model.similarItems(itemId(5)), DataError, "it has no train row");
  const words = { setting: (name: string) => name, command: (name: string) => name };
  const answerer = new Answerer(model, { words, meta: { nameOf: () => undefined } });
  const [refused] = await answerer.answer([{ kind: "similar", question: { item: itemId(5) } }]);
  assertEquals("failure" in refused && refused.failure.kind, "unknown");
});
