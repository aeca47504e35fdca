import { assertEquals } from "@std/assert";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { ownIdentifiers } from "../../data/identifiers.ts";
import { explainScores } from "../../explain/explain_scores.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { dataset as withFeatures, untrained } from "../explain/explained_shop.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomValues } from "../shaders/op_check.ts";
import { itemId, shop, userId, withFolder } from "../recommender/shop.ts";

const gpu = await testGpu();

/** A device that binds no more than some bytes. */
function bindingAtMost(bytes: number): Gpu {
  return { ...gpu, limits: { ...gpu.limits, maxStorageBufferBindingSize: bytes } };
}

/** All that is asked of a run: numbers of training, of the tables, and of what is made of them. */
async function answers(on: Gpu, dataset: Dataset, model: string, dim: number) {
  let found: unknown;
  await withFolder(async (path) => {
    const losses: number[] = [];
    await using trained = await train(dataset, model, {
      ...{ gpu: on, settings: { dim, batch: 32 }, epochs: 2, seed: 3 },
      onEpoch: ({ line }) => losses.push(line.loss),
    });
    await trained.save(`${path}/run`);
    await using opened = await Recommender.open(`${path}/run`, { gpu: on, dataset });
    const history = Uint32Array.of(3, 4, untrained);
    const items = Uint32Array.of(5, untrained, 29);
    found = {
      losses,
      test: trained.test,
      again: await opened.evaluate("valid"),
      lists: await opened.recommend([0, 7, 39].map(userId), { topK: 30 }),
      folded: await opened.recommendForHistory(Array.from(history, itemId), { topK: 30 }),
      similar: await opened.similarItems(itemId(5), { topK: 10 }),
      embeddings: await opened.embeddings(),
      why: await explainScores(opened, { user: 7, items }),
      whyNew: await explainScores(opened, { history, items }),
    };
  });
  return found;
}

/** The shop with half its items, so that it has more users. */
const fewItems: Dataset = {
  ...shop,
  items: 30,
  modalities: [{ name: "image", rows: 30, columns: 12, values: randomValues(30 * 12, 1) }],
  itemIds: ownIdentifiers(Array.from({ length: 30 }, (_, item) => itemId(item)), "items.csv"),
  ...mapSplits(({ users, items }) => {
    const rows = [...items.keys()].filter((row) => items[row] < 30);
    const part = (all: Uint32Array) => Uint32Array.from(rows, (row) => all[row]);
    return { users: part(users), items: part(items) };
  }),
};

function mapSplits(of: (rows: Interactions) => Interactions) {
  return { train: of(shop.train), valid: of(shop.valid), test: of(shop.test) };
}

for (
  const [model, dataset, dim, limit] of [
    // 100 nodes of 32 numbers have 12,800 bytes, 60 items 7,680: two slices of 16.
    ["lightgcn", withFeatures, 32, 8_000],
    // Slices of 16, 16 and 8.
    ["lightgcn", withFeatures, 40, 9_600],
    ["freedom", withFeatures, 64, 16_384],
    // 40 users have 5,120 bytes, 30 items 3,840.
    ["bpr", fewItems, 32, 4_608],
    // Twice as wide, with the features' half.
    ["vbpr", fewItems, 32, 8_192],
  ] as const
) {
  Deno.test(`${model} of dim ${dim} gives the same bytes where a binding has ${limit}`, async () => {
    const whole = await answers(gpu, dataset, model, dim);
    assertEquals(await answers(bindingAtMost(limit), dataset, model, dim), whole);
  });
}
