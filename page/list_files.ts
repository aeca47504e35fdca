/**
 * Lists that are ranked beforehand, and the reasons of models without rows.
 *
 * @module
 */
import { allSplits } from "../data/dataset.ts";
import type { ScoredItems } from "../evaluation/best_items.ts";
import { withoutItems } from "../evaluation/popular_items.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { itemsWithoutTrainRow } from "../evaluation/untrained_users.ts";
import { explainScores } from "../explain/explain_scores.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { jsonFile, type PageFile, rangeOfFile, startsOfFiles } from "./page_file.ts";
import { noListItem, pagePaths } from "./page_index.ts";

/**
 * The files.
 *
 * @param recommender The run.
 * @param run Its number on the page.
 * @param options Whether there are lists of users, and how long all lists are.
 */
export async function listFiles(
  recommender: Recommender,
  run: number,
  { withUsers, listLength: k }: { readonly withUsers: boolean; readonly listLength: number },
): Promise<PageFile[]> {
  const { users, items } = recommender.dataset;
  const { representation } = await recommender.scored();
  const hasRows = "users" in representation;
  const similar = startsOfFiles(items).map((first): PageFile => ({
    path: pagePaths.similar(run, first),
    bytes: async () =>
      bytesOf(await similarLists(await recommender.scored(), rangeOfFile(first, items), k), k),
  }));
  const lists = startsOfFiles(users).map((first): PageFile => ({
    path: pagePaths.lists(run, first),
    async bytes() {
      const scored = await recommender.scored();
      const best = scored.bestItems(rangeOfFile(first, users), { k, seen: allSplits });
      return bytesOf(await Array.fromAsync(best), k);
    },
  }));
  const reasons = Array.from({ length: users }, (_, user) => ({
    ...jsonFile(pagePaths.reasons(run, user), async () => {
      const scored = await recommender.scored();
      const [{ items }] = await Array.fromAsync(
        scored.bestItems(Uint32Array.of(user), { k, seen: allSplits }),
      );
      return await explainScores(recommender, { user, items });
    }),
    isServedOnly: true,
  }));
  return [
    ...hasRows ? [] : similar,
    ...withUsers ? lists : [],
    ...withUsers && !hasRows ? reasons : [],
  ];
}

/** What those get who took one item alone, of a model without rows; nothing for an item that nobody took. */
async function similarLists(
  scored: ScoredModel,
  items: Uint32Array,
  k: number,
): Promise<ScoredItems[]> {
  const cold = new Set(itemsWithoutTrainRow(scored.dataset, items));
  const known = items.filter((item) => !cold.has(item));
  // The item itself may be among the best.
  const found = await scored.listsOfHistories(
    Array.from(known, (item) => Uint32Array.of(item)),
    k + 1,
  );
  return Array.from(items, (item) => {
    if (cold.has(item)) return { items: new Uint32Array(0), scores: new Float32Array(0) };
    const list = found[known.indexOf(item)];
    const others = withoutItems(list, Uint32Array.of(item));
    return { items: others.items.subarray(0, k), scores: others.scores.subarray(0, k) };
  });
}

function bytesOf(lists: readonly ScoredItems[], k: number): Uint8Array<ArrayBuffer> {
  const items = new Uint32Array(2 * lists.length * k).fill(noListItem);
  const scores = new Float32Array(items.buffer, lists.length * k * 4);
  lists.forEach((list, n) => {
    items.set(list.items, n * k);
    scores.fill(0, n * k, (n + 1) * k);
    scores.set(list.scores, n * k);
  });
  return new Uint8Array(items.buffer);
}
