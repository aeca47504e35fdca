/**
 * How good `recommend --history` is for users that a run has never seen: each gets the items of their
 * train rows as a history, and their test rows are to be found.
 *
 * Make a dataset that lacks every tenth user, train on it, and give the rows with all users:
 *
 *   mkdir datasets/newcomers
 *   awk 'NR == 1 || $1 % 10' tiktok.inter > datasets/newcomers/newcomers.inter
 *   cp *_feat.npy datasets/newcomers/
 *   ./bandpass train --dataset newcomers --model lightgcn --run newcomers
 *   deno run --allow-read --allow-write=datasets,.cache bench/fold_in.ts runs/newcomers tiktok.inter
 *
 * @module
 */
import { cacheFolder } from "../cli/common/graph_cache.ts";
import type { Interactions } from "../data/dataset.ts";
import { readInteractions } from "../data/interactions.ts";
import { metricsFromRanks } from "../evaluation/metrics.ts";
import { FoldIn } from "../models/fold_in.ts";
import { Recommender } from "../recommender/recommender.ts";

const [path, rows] = Deno.args;
const all = await readInteractions(rows);
await using recommender = await Recommender.open(path, {
  cache: cacheFolder,
  onNote: (text) => console.error(text),
});
const { dataset } = recommender;
const { items: { values: items, columns } } = await recommender.embeddings();

const known = new Set(dataset.train.users);
const [histories, heldOut] = [all.train, all.test].map((split: Interactions) => {
  const byUser = new Map<number, number[]>();
  split.users.forEach((user, row) => {
    if (known.has(user) || split.items[row] >= dataset.items) return;
    byUser.set(user, [...byUser.get(user) ?? [], split.items[row]]);
  });
  return byUser;
});
const counts = new Float64Array(dataset.items);
for (const item of dataset.train.items) counts[item]++;
const foldIn = new FoldIn(items, columns);

/** What one propagation from the items to the user gives: the sum of their rows over √degree. */
function propagated(history: Uint32Array): Float64Array {
  const row = new Float64Array(columns);
  for (const item of history) {
    const weight = 1 / Math.sqrt(Math.max(1, counts[item]));
    for (let c = 0; c < columns; c++) row[c] += weight * items[item * columns + c];
  }
  return Float64Array.from({ length: dataset.items }, (_, item) => {
    let score = 0;
    for (let c = 0; c < columns; c++) score += row[c] * items[item * columns + c];
    return score;
  });
}

const rules: Record<string, (history: Uint32Array) => Float64Array> = {
  popularity: () => counts.slice(),
  "sum of rows": propagated,
  "ridge fit": (history) => foldIn.scores(history),
};
for (const [name, rule] of Object.entries(rules)) {
  const [start, ranks] = [[0], [] as number[]];
  for (const [user, wanted] of heldOut) {
    const history = Uint32Array.from(histories.get(user) ?? []);
    if (history.length === 0) continue;
    const scores = rule(history);
    for (const item of history) scores[item] = -Infinity;
    for (const item of wanted) {
      ranks.push(scores.reduce((ahead, score, other) => {
        const isAhead = score > scores[item] || (score === scores[item] && other < item);
        return ahead + Number(isAhead);
      }, 0));
    }
    start.push(ranks.length);
  }
  const metrics = metricsFromRanks(
    { start: Uint32Array.from(start), ranks: Uint32Array.from(ranks) },
    [20],
  );
  const values = ["recall@20", "ndcg@20"].map((key) => `${key} ${metrics[key].toFixed(4)}`);
  console.log(`${name.padEnd(12)}  ${values.join("  ")}  ${start.length - 1} users`);
}
