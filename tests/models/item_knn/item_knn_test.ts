import { assertAlmostEquals, assertEquals } from "@std/assert";
import { uniforms } from "../../../algebra/random_sequence.ts";
import { interactionMatrix } from "../../../graph/interaction_graph.ts";
import { itemKnn, itemSimilarities } from "../../../models/item_knn/item_knn.ts";
import { blockScores, trainOnly } from "../block_scores.ts";

/** Items 0 and 1 share users 0 and 1, items 1 and 2 share user 2, item 3 is alone. */
const pairs = {
  users: Uint32Array.of(0, 0, 1, 1, 2, 2, 3),
  items: Uint32Array.of(0, 1, 0, 1, 1, 2, 3),
};
const small = interactionMatrix(pairs, 5, 4);

Deno.test("itemSimilarities() gives the cosines computed by hand", () => {
  const similarity = itemSimilarities(small, { neighbours: 10, shrink: 0 });
  assertEquals([...similarity.rowStart], [0, 1, 3, 4, 4]);
  assertEquals([...similarity.column], [1, 0, 2, 1]);
  [2 / Math.sqrt(6), 2 / Math.sqrt(6), 1 / Math.sqrt(3), 1 / Math.sqrt(3)].forEach((value, n) =>
    assertAlmostEquals(similarity.value[n], value, 1e-7)
  );
});

Deno.test("itemSimilarities() keeps the nearest, and adds the shrinkage to the denominator", () => {
  const similarity = itemSimilarities(small, { neighbours: 1, shrink: 2 });
  assertEquals([...similarity.column], [1, 0, 1]);
  assertAlmostEquals(similarity.value[0], 2 / (Math.sqrt(6) + 2), 1e-7);
});

Deno.test("itemSimilarities() gives ties to the smaller item", () => {
  const one = interactionMatrix(
    { users: Uint32Array.of(0, 0, 0, 0), items: Uint32Array.of(0, 1, 2, 3) },
    1,
    4,
  );
  const similarity = itemSimilarities(one, { neighbours: 2, shrink: 0 });
  assertEquals([...similarity.column], [1, 2, 0, 2, 0, 1, 0, 1]);
});

const scoresOf = (settings: Record<string, number>, of: Parameters<typeof blockScores>[3]) =>
  blockScores(itemKnn, trainOnly(pairs, 5, 4), settings, of);

Deno.test("itemKnn scores nothing for a user without items", async () => {
  const scores = await scoresOf({ neighbours: 10, shrink: 0 }, { users: [4] });
  assertEquals(scores, [[0, 0, 0, 0]]);
});

Deno.test("itemKnn agrees with dense loops on random interactions", async () => {
  const [users, items, neighbours, shrink] = [30, 20, 4, 0.5];
  const uniform = uniforms(3);
  const dense = Array.from(
    { length: users },
    () => Array.from({ length: items }, () => uniform() < 0.2 ? 1 : 0 as number),
  );
  const rows = dense.flatMap((row, user) =>
    row.flatMap((value, item) => value === 1 ? [[user, item]] : [])
  );
  const taken = trainOnly(
    {
      users: Uint32Array.from(rows, ([user]) => user),
      items: Uint32Array.from(rows, ([, item]) => item),
    },
    users,
    items,
  );

  const columns = Array.from({ length: items }, (_, item) => dense.map((row) => row[item]));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, n) => sum + value * b[n], 0);
  const similarity = columns.map((a, i) => {
    const row = columns.map((b, j) =>
      i === j ? 0 : dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) + shrink)
    );
    const nearest = new Set(
      [...row.keys()].sort((p, q) => row[q] - row[p] || p - q).slice(0, neighbours),
    );
    return row.map((value, j) => nearest.has(j) ? value : 0);
  });
  const some = [3, 17, 4, 29];
  const found = await blockScores(itemKnn, taken, { neighbours, shrink }, { users: some });
  some.forEach((user, n) =>
    found[n].forEach((score, item) =>
      assertAlmostEquals(score, dot(dense[user], similarity.map((row) => row[item])), 1e-5)
    )
  );
});

Deno.test("itemKnn scores a history as it does a user with these train items", async () => {
  const settings = { neighbours: 10, shrink: 0.5 };
  assertEquals(
    await scoresOf(settings, { history: [1, 2] }),
    await scoresOf(settings, { users: [2] }),
  );
  assertEquals(await scoresOf(settings, { history: [3] }), [[0, 0, 0, 0]]);
});
