import { assert, assertEquals } from "@std/assert";
import type { Dataset, Split } from "../../data/dataset.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import {
  untrainedHistoryNote,
  untrainedUsersNote,
  usersWithoutTrainRow,
} from "../../evaluation/untrained_users.ts";
import { popularItems } from "../../evaluation/popular_items.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { FoldIn } from "../../models/fold_in.ts";
import { itemSimilarities } from "../../models/item_knn/item_knn.ts";
import { rankedItems } from "../reference/ranking.ts";
import { madeDataset } from "../datasets.ts";
import { withModel } from "./loaded.ts";

const [users, items] = [50, 70];

/** Random pairs, each in one split at most. */
function randomDataset(): Dataset {
  const next = uniforms(1);
  const rows: Record<Split, [number, number][]> = { train: [], valid: [], test: [] };
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) {
      const draw = next();
      if (draw < 0.1) rows.train.push([user, item]);
      else if (draw < 0.15) rows.valid.push([user, item]);
      else if (draw < 0.2) rows.test.push([user, item]);
    }
  }
  const split = (name: Split) => ({
    users: Uint32Array.from(rows[name], ([user]) => user),
    items: Uint32Array.from(rows[name], ([, item]) => item),
  });
  const splits = { train: split("train"), valid: split("valid"), test: split("test") };
  return madeDataset({ name: "random", users, items, ...splits, modalities: [] });
}

const dataset = randomDataset();
const knnSettings = { neighbours: 9, shrink: 1 };
const choices = {
  popularity: { model: "popularity", settings: {}, seed: 0 },
  itemknn: { model: "itemknn", settings: knnSettings, seed: 0 },
  bpr: { model: "bpr", settings: { dim: 16 }, seed: 3 },
};

/** The rows of bpr. */
function bprRows() {
  return withModel(dataset, choices.bpr, async (scored) => {
    const { representation } = scored;
    if (!("users" in representation)) throw new Error("bpr scores by rows");
    return {
      columns: representation.users.table.columns,
      users: await scored.readRows(representation.users),
      items: await scored.readRows(representation.items),
    };
  });
}

/** All scores of a model, computed without tiles. */
async function scoresOf(model: keyof typeof choices): Promise<(user: number) => number[]> {
  if (model === "bpr") {
    const rows = await bprRows();
    const { columns } = rows;
    return (user) =>
      Array.from({ length: items }, (_, item) => {
        let score = 0;
        for (let c = 0; c < columns; c++) {
          score += rows.users[user * columns + c] * rows.items[item * columns + c];
        }
        return score;
      });
  }
  if (model === "popularity") {
    const counts = Array.from({ length: items }, () => 0);
    for (const item of dataset.train.items) counts[item]++;
    return () => counts;
  }
  const { rowStart, column, value } = itemSimilarities(
    interactionMatrix(dataset.train, users, items),
    knnSettings,
  );
  return (user) => {
    const scores = new Float32Array(items);
    for (const taken of itemsOf("train", user).sort((a, b) => a - b)) {
      for (let n = rowStart[taken]; n < rowStart[taken + 1]; n++) scores[column[n]] += value[n];
    }
    return [...scores];
  };
}

const itemsOf = (split: Split, user: number) =>
  Array.from(dataset[split].items).filter((_, row) => dataset[split].users[row] === user);

for (const model of ["popularity", "itemknn", "bpr"] as const) {
  Deno.test(`bestItems() gives what a plain sort gives, by ${model}`, async () => {
    const scores = await scoresOf(model);
    const some = Uint32Array.of(41, 0, 7, 22);
    const candidates = Uint32Array.from({ length: 23 }, (_, n) => 3 * n + 1);
    const cases = [
      { seen: ["train"], candidates: undefined, k: 9 },
      { seen: ["train", "valid", "test"], candidates: undefined, k: 70 },
      { seen: [], candidates: undefined, k: 9 },
      { seen: ["train", "valid"], candidates, k: 30 },
      { seen: ["train"], candidates: Uint32Array.of(5), k: 3 },
    ] as { seen: Split[]; candidates?: Uint32Array; k: number }[];
    for (const { seen, candidates, k } of cases) {
      const found = await withModel(
        dataset,
        choices[model],
        (scored) => Array.fromAsync(scored.bestItems(some, { k, seen, candidates })),
      );
      assertEquals(found.map(({ user }) => user), [...some]);
      for (const list of found) {
        const masked = new Set(seen.flatMap((split) => itemsOf(split, list.user)));
        const ranked = rankedItems({ scores: scores(list.user), masked, heldOut: [] })
          .filter((item) => candidates === undefined || candidates.includes(item)).slice(0, k);
        assertEquals([...list.items], ranked);
        assertEquals(list.scores.length, ranked.length);
        list.scores.forEach((score, n) =>
          assert(Math.abs(score - scores(list.user)[ranked[n]]) < 1e-6)
        );
      }
    }
  });
}

Deno.test("bestItems() gives the same lists by one block of users and by many requests", async () => {
  await withModel(dataset, choices.bpr, async (scored) => {
    const all = Uint32Array.from({ length: users }, (_, user) => user);
    const options = { k: 5, seen: ["train"] as const };
    const together = await Array.fromAsync(scored.bestItems(all, options));
    for (const user of [49, 0, 17]) {
      const [alone] = await Array.fromAsync(scored.bestItems(Uint32Array.of(user), options));
      assertEquals(alone, together[user]);
    }
  });
});

Deno.test("bestItemsOfHistory() gives a user's items to somebody with the same train items", async () => {
  for (const model of ["popularity", "itemknn"] as const) {
    const history = Uint32Array.from(itemsOf("train", 4));
    await withModel(dataset, choices[model], async (scored) => {
      const options = { k: 12, seen: ["train"] as const };
      const [{ items: expected, scores }] = await Array.fromAsync(
        scored.bestItems(Uint32Array.of(4), options),
      );
      const found = await scored.bestItemsOfHistory(history, options);
      assertEquals([...found.items], [...expected]);
      assertEquals(found.scores, scores);
    });
  }
});

Deno.test("bestItemsOfHistory() folds a user into rows, among candidates alone", async () => {
  const history = Uint32Array.of(9, 30, 31);
  const candidates = Uint32Array.from({ length: 40 }, (_, item) => item);
  const rows = await bprRows();
  const scores = new FoldIn(rows.items, rows.columns).scores(history);
  for (const seen of [["train"], []] as const) {
    const found = await withModel(
      dataset,
      choices.bpr,
      (scored) => scored.bestItemsOfHistory(history, { k: 10, seen, candidates }),
    );
    const masked = new Set(seen.length > 0 ? history : []);
    const ranked = rankedItems({ scores, masked, heldOut: [] }).filter((item) => item < 40);
    assertEquals([...found.items], ranked.slice(0, 10));
    assertEquals([...found.items].includes(30), seen.length === 0);
  }
});

Deno.test("popularItems() counts train rows, ties by smaller index, among candidates", () => {
  const train = { users: Uint32Array.of(0, 1, 2, 0), items: Uint32Array.of(3, 3, 1, 2) };
  const few = { ...dataset, items: 5, train };
  const { items: best, scores } = popularItems(few, 4);
  assertEquals([[...best], [...scores]], [[3, 1, 2, 0], [2, 1, 1, 0]]);
  assertEquals([...popularItems(few, 4, Uint32Array.of(0, 2, 4)).items], [2, 0, 4]);
});

Deno.test("bestItems() gives users without a train row popular items that they have not seen", async () => {
  const cold = 7;
  const isKept = Array.from(dataset.train.users, (user) => user !== cold);
  const train = {
    users: dataset.train.users.filter((_, row) => isKept[row]),
    items: dataset.train.items.filter((_, row) => isKept[row]),
  };
  const without = { ...dataset, train };
  for (const choice of Object.values(choices)) {
    await withModel(without, choice, async (scored) => {
      const lists = async (options: Parameters<typeof scored.bestItems>[1]) =>
        await Array.fromAsync(scored.bestItems(Uint32Array.of(3, cold), options));
      const [, popular] = await lists({ k: 6, seen: ["train"] });
      const { items: most } = popularItems(without, items);
      assertEquals([popular.user, ...popular.items], [cold, ...most.subarray(0, 6)]);
      const [, unseen] = await lists({ k: 6, seen: ["train", "valid", "test"] });
      const taken = [...itemsOf("valid", cold), ...itemsOf("test", cold)];
      assertEquals(
        [...unseen.items],
        [...most].filter((item) => !taken.includes(item)).slice(0, 6),
      );
      // Rankings for others to score are those of evaluation.
      const [, ranked] = await lists({ k: 6, seen: [], withoutTrainRow: "scored" });
      if (choice.model === "bpr") {
        assertEquals(ranked.items.join() === most.subarray(0, 6).join(), false);
      }
    });
  }
  assertEquals(usersWithoutTrainRow(without), [cold]);
  assertEquals(
    untrainedUsersNote(without, [1, cold], "popular items are recommended"),
    "1 user without a train row (7): popular items are recommended",
  );
});

Deno.test("bestItemsOfHistory() gives popular items where nobody has taken what it is about", async () => {
  const cold = new Set([5, 11]);
  const isKept = Array.from(dataset.train.items, (item) => !cold.has(item));
  const train = {
    users: dataset.train.users.filter((_, row) => isKept[row]),
    items: dataset.train.items.filter((_, row) => isKept[row]),
  };
  const without = { ...dataset, train };
  const history = Uint32Array.from(cold);
  const popular = [...popularItems(without, items).items].filter((item) => !cold.has(item));
  for (const model of ["popularity", "itemknn"] as const) {
    await withModel(without, choices[model], async (scored) => {
      const { items: found } = await scored.bestItemsOfHistory(history, { k: 8, seen: ["train"] });
      assertEquals([...found], popular.slice(0, 8), model);
    });
  }
  const note = "2 items without a train row (5, 11): ";
  assertEquals(
    untrainedHistoryNote(without, history, false),
    `${note}popular items are recommended`,
  );
  const some = Uint32Array.of(5, 11, 12);
  for (const [asked, hasRows] of [[some, false], [history, true]] as const) {
    assertEquals(
      untrainedHistoryNote(without, asked, hasRows),
      `${note}there are no interactions to judge them by`,
    );
  }
  assertEquals(untrainedHistoryNote(without, Uint32Array.of(12), false), undefined);
});
