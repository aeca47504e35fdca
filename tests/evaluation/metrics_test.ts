import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { DataError } from "../../errors.ts";
import { metricsFromRanks, rankMetrics } from "../../evaluation/metrics.ts";
import { rankedItems, type RankingCase, rankingMetrics } from "../reference/ranking.ts";

function heldOutRanks(ranks: number[][]) {
  const start = new Uint32Array(ranks.length + 1);
  ranks.forEach((row, user) => start[user + 1] = start[user] + row.length);
  return { start, ranks: Uint32Array.from(ranks.flat()) };
}

Deno.test("metricsFromRanks() gives the fractions computed by hand for one user", () => {
  // Held out in places 1, 3, 6 and 60: two hits in the top 5, three in the top 10.
  const metrics = metricsFromRanks(heldOutRanks([[59, 0, 5, 2]]), [5, 10]);
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2 + 1 / Math.log2(5);
  const expected = {
    "recall@5": 2 / 4,
    "recall@10": 3 / 4,
    "ndcg@5": (1 + 1 / 2) / ideal,
    "ndcg@10": (1 + 1 / 2 + 1 / Math.log2(7)) / ideal,
    "precision@5": 2 / 5,
    "precision@10": 3 / 10,
    "map@5": (1 / 1 + 2 / 3) / 4,
    "map@10": (1 / 1 + 2 / 3 + 3 / 6) / 4,
  };
  assertEquals(Object.keys(metrics), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(metrics[name], value, 1e-15, name);
  }
});

Deno.test("metricsFromRanks() gives hit rate and MRR where they are asked for", () => {
  // First hits in places 1, 6 and 60, in no order.
  const ranks = heldOutRanks([[7, 0], [5], [80, 59]]);
  const metrics = metricsFromRanks(ranks, [5, 10, 50], ["hit", "mrr"]);
  assertEquals(Object.keys(metrics).join(), "hit@5,hit@10,hit@50,mrr@5,mrr@10,mrr@50");
  const expected = [1 / 3, 2 / 3, 2 / 3, 1 / 3, (1 + 1 / 6) / 3, (1 + 1 / 6) / 3];
  Object.values(metrics).forEach((value, n) => assertAlmostEquals(value, expected[n], 1e-15));
});

Deno.test("metricsFromRanks() divides by the cutoff when a user has more held-out items", () => {
  const metrics = metricsFromRanks(heldOutRanks([[0, 1, 2, 3, 4, 5, 6, 7]]), [5]);
  assertEquals(metrics, { "recall@5": 5 / 8, "ndcg@5": 1, "precision@5": 1, "map@5": 1 });
});

Deno.test("metricsFromRanks() takes the mean over users with held-out items alone", () => {
  // Recall@5 of 1, 0 and 1/2; the second and the last user have none.
  const metrics = metricsFromRanks(heldOutRanks([[4], [], [5], [0, 9], []]), [5]);
  assertAlmostEquals(metrics["recall@5"], (1 + 0 + 1 / 2) / 3, 1e-15);
  assertAlmostEquals(metrics["map@5"], (1 / 5 + 0 + 1 / 2) / 3, 1e-15);
  assertAlmostEquals(metrics["precision@5"], (1 / 5 + 0 + 1 / 5) / 3, 1e-15);
  assertAlmostEquals(
    metrics["ndcg@5"],
    (1 / Math.log2(6) + 0 + 1 / (1 + 1 / Math.log2(3))) / 3,
    1e-15,
  );
});

Deno.test("metricsFromRanks() reports the protocol's cutoffs unless told otherwise", () => {
  assertEquals(Object.keys(metricsFromRanks(heldOutRanks([[0]]))).slice(0, 5), [
    "recall@5",
    "recall@10",
    "recall@20",
    "recall@50",
    "ndcg@5",
  ]);
});

Deno.test("metricsFromRanks() leaves the ranks as they are", () => {
  const heldOut = heldOutRanks([[3, 1], [2]]);
  metricsFromRanks(heldOut);
  assertEquals(heldOut, heldOutRanks([[3, 1], [2]]));
});

Deno.test("metricsFromRanks() refuses a split without interactions", () => {
  assertThrows(() => metricsFromRanks(heldOutRanks([[], []])), DataError, "no user has");
});

Deno.test("metricsFromRanks() agrees with a plain ranking on random scores with ties", () => {
  const uniform = uniforms(7);
  const cases: RankingCase[] = Array.from({ length: 200 }, (_, user) => {
    const items = 1 + Math.floor(uniform() * 90);
    // One to a dozen different scores for all the items, so that most places are tied.
    const levels = 1 + Math.floor(uniform() * 12);
    const scores = Array.from({ length: items }, () => Math.floor(uniform() * levels) - 3);
    const fate = scores.map(() => uniform());
    return {
      scores,
      masked: new Set(scores.keys().filter((item) => fate[item] < 0.2)),
      heldOut: user % 11 === 0 ? [] : [...scores.keys()].filter((item) => fate[item] > 0.85),
    };
  });
  const ranks = cases.map((user) => {
    const order = rankedItems(user);
    return user.heldOut.map((item) => order.indexOf(item));
  });
  const cutoffs = [1, 5, 10, 20, 50];
  const found = metricsFromRanks(heldOutRanks(ranks), cutoffs, rankMetrics);
  const expected = rankingMetrics(cases, cutoffs);
  assertEquals(Object.keys(found).sort(), Object.keys(expected).sort());
  for (const name of Object.keys(expected)) {
    assertAlmostEquals(found[name], expected[name], 1e-12, name);
  }
});
