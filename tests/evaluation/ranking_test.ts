import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { metricsFromRanks } from "../../evaluation/metrics.ts";
import { type Mask, Ranking } from "../../evaluation/ranking.ts";
import { openGpu } from "../../gpu/device.ts";
import { Memory } from "../../gpu/memory.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { madeDataset } from "../datasets.ts";
import { constantTensor } from "../../models/parameters.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { rankedItems, rankingMetrics } from "../reference/ranking.ts";

/** A random dataset, each pair in one split at most. */
function randomDataset(users: number, items: number, seed: number): Dataset {
  const next = uniforms(seed);
  const rows = { train: [], valid: [], test: [] } as Record<string, [number, number][]>;
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) {
      const draw = next();
      if (draw < 0.1) rows.train.push([user, item]);
      else if (draw < 0.13) rows.valid.push([user, item]);
      // Every third user has nothing to test.
      else if (draw < 0.16 && user % 3 > 0) rows.test.push([user, item]);
    }
  }
  const split = (name: string): Interactions => ({
    users: Uint32Array.from(rows[name], ([user]) => user),
    items: Uint32Array.from(rows[name], ([, item]) => item),
  });
  return madeDataset({
    name: "random",
    users,
    items,
    train: split("train"),
    valid: split("valid"),
    test: split("test"),
    modalities: [],
  });
}

for (const mask of ["train", "train+valid"] as Mask[]) {
  Deno.test(`Ranking gives the metrics of a plain sort, ${mask} masked, with many ties`, async () => {
    const gpu = await openGpu("auto");
    for (const [users, items] of [[1, 3], [40, 70], [300, 65], [7, 1029]]) {
      const dataset = randomDataset(users, items, users);
      if (dataset.test.users.length === 0) continue;
      const memory = new Memory(gpu);
      const next = uniforms(items);
      // Few different values, so that many scores are equal.
      const table = (rows: number) =>
        Float32Array.from({ length: rows * 8 }, () => Math.floor(3 * next()) - 1);
      const userRows = table(users);
      const itemRows = table(items);
      const rows = (label: string, count: number, values: Float32Array) => ({
        table: constantTensor(memory, label, count, 8, values, "test"),
        firstRow: 0,
        rows: count,
      });
      const representation = {
        users: rows("users", users, userRows),
        items: rows("items", items, itemRows),
      };
      const taken = interactionMatrix(dataset.train, users, items);
      const source = { dataset, representation, taken };
      const ranking = new Ranking(memory, source, "test", mask);
      await ranking.compile();
      const metrics = metricsFromRanks(await ranking.run());
      const itemsOf = ({ users: of, items: all }: Interactions, user: number) =>
        Array.from(all).filter((_, row) => of[row] === user);
      const cases = Array.from({ length: users }, (_, user) => ({
        scores: Array.from({ length: items }, (_, item) => {
          let score = 0;
          for (let c = 0; c < 8; c++) score += userRows[user * 8 + c] * itemRows[item * 8 + c];
          return score;
        }),
        masked: new Set([
          ...itemsOf(dataset.train, user),
          ...mask === "train" ? [] : itemsOf(dataset.valid, user),
        ]),
        heldOut: itemsOf(dataset.test, user),
      })).filter(({ heldOut }) => heldOut.length > 0);
      const expected = rankingMetrics(cases, [5, 10, 20, 50]);
      assertEquals(Object.keys(metrics).length, 16);
      for (const [key, value] of Object.entries(metrics)) {
        assertAlmostEquals(value, expected[key], 1e-12, `${key} of ${users}×${items}`);
      }
      memory.destroy();
    }
    gpu.close();
  });
}

Deno.test("Ranking ranks and lists for many blocks of users as for one, with no more buffers", async () => {
  const gpu = await testGpu();
  const [users, items] = [300, 65];
  const dataset = randomDataset(users, items, 1);
  const taken = interactionMatrix(dataset.train, users, items);
  const next = uniforms(2);
  const tables = [users, items].map((rows) =>
    Float32Array.from({ length: rows * 8 }, () => Math.floor(3 * next()) - 1)
  );
  // Such a binding holds the scores of 40 users, of whom a block has whole tiles of 32.
  const found = await Promise.all([gpu.limits.maxStorageBufferBindingSize, 40 * 68 * 4].map(
    async (maxStorageBufferBindingSize) => {
      const limits = { ...gpu.limits, maxStorageBufferBindingSize };
      const memory = new Memory({ ...gpu, limits });
      const [userRows, itemRows] = tables.map((values, n) => {
        const rows = [users, items][n];
        const label = `rows ${n}`;
        return { table: constantTensor(memory, label, rows, 8, values, "test"), firstRow: 0, rows };
      });
      const representation = { users: userRows, items: itemRows };
      const source = { dataset, representation, taken, listLength: 10 };
      const ranking = new Ranking(memory, source, "test", "train");
      await ranking.compile();
      const { buffers } = memory.plan().find(({ owner }) => owner === "ranking of test")!;
      const told: number[] = [];
      const first = await ranking.run();
      const lists: number[][] = [];
      const again = await ranking.run({
        onUsers: (done) => told.push(done),
        onLists: (all) => lists.push(...all.map(({ items }) => [...items])),
      });
      assertEquals(again, first);
      memory.destroy();
      return { buffers, told, lists, ranked: first };
    },
  ));
  assertEquals(found[1].ranked, found[0].ranked);
  assertEquals(found[1].buffers, found[0].buffers);
  const expected = Array.from(found[0].ranked.users, (user) => {
    const scores = Float32Array.from({ length: items }, (_, item) => {
      let score = 0;
      for (let c = 0; c < 8; c++) score += tables[0][user * 8 + c] * tables[1][item * 8 + c];
      return score;
    });
    const masked = new Set(taken.column.subarray(taken.rowStart[user], taken.rowStart[user + 1]));
    return rankedItems({ scores, masked, heldOut: [] }).slice(0, 10);
  });
  for (const { lists } of found) assertEquals(lists, expected);
  assertEquals(found[0].told, [0]);
  const ranked = found[0].ranked.users.length;
  const blocks = Math.ceil(ranked / 32);
  assertEquals(found[1].told, Array.from({ length: blocks }, (_, n) => 32 * n));
});
