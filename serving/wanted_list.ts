/**
 * Lists that are wanted together, by indices, however many questions they belong to: users who may get the same items
 * are scored in one pass over the device.
 *
 * @module
 */
import type { Split } from "../data/dataset.ts";
import type { ScoredItems } from "../evaluation/best_items.ts";
import { popularItems, withoutItems } from "../evaluation/popular_items.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { itemsWithoutTrainRow } from "../evaluation/untrained_users.ts";
import { greatestK } from "../shaders/top_k/top_k.ts";

/** Whom a list is for: a user, somebody who took some items, or anybody. */
export type Audience = { readonly user: number } | { readonly history: Uint32Array } | "anybody";

/** A list that is wanted. */
export interface WantedList {
  /** Whom it is for. */
  readonly audience: Audience;
  /** Number of items. */
  readonly k: number;
  /** The splits whose items a user does not get again. */
  readonly seen: readonly Split[];
  /** The only items that may be given, ascending (default: all). */
  readonly candidates?: Uint32Array;
  /** Items that are not given (default: none). */
  readonly excluded?: Uint32Array;
}

/**
 * Makes lists.
 *
 * @param scored The model.
 * @param wanted What is wanted.
 * @returns A list for each, in their order.
 */
export async function makeLists(
  scored: ScoredModel,
  wanted: readonly WantedList[],
): Promise<ScoredItems[]> {
  const found = new Array<ScoredItems>(wanted.length);
  const groups = new Map<string, number[]>();
  const widened = wanted.map((list) => withRoom(list, scored.dataset.items));
  widened.forEach(({ seen, candidates }, n) => {
    const key = `${seen.join()} ${candidates?.join() ?? "all"}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [n]);
    else group.push(n);
  });
  for (const places of groups.values()) {
    const lists = await listsOfGroup(scored, places.map((n) => widened[n]));
    places.forEach((n, place) => {
      const { items, scores } = withoutItems(lists[place], wanted[n].excluded ?? noItems);
      found[n] = { items: items.subarray(0, wanted[n].k), scores: scores.subarray(0, wanted[n].k) };
    });
  }
  return found;
}

const noItems = new Uint32Array();

/**
 * A list with room for the items that are taken out of it afterwards, so that excluded items do not keep users out of
 * one pass; where they are too many for that, they are no candidates.
 */
function withRoom(list: WantedList, items: number): WantedList {
  const { k, excluded = noItems, candidates } = list;
  if (k + excluded.length <= greatestK) return { ...list, k: k + excluded.length };
  const out = new Set(excluded);
  const all = candidates ?? Uint32Array.from({ length: items }, (_, item) => item);
  return { ...list, candidates: all.filter((item) => !out.has(item)) };
}

/** Lists of the same candidates and splits. */
async function listsOfGroup(
  scored: ScoredModel,
  group: readonly WantedList[],
): Promise<ScoredItems[]> {
  const { seen, candidates } = group[0];
  const k = Math.max(...group.map((list) => list.k));
  const options = { k, seen, candidates };
  const users = new Map<number, ScoredItems>();
  for (const { audience } of group) {
    if (audience !== "anybody" && "user" in audience) users.set(audience.user, nothing);
  }
  if (users.size > 0) {
    const asked = Uint32Array.from(users.keys());
    for await (const { user, ...list } of scored.bestItems(asked, options)) users.set(user, list);
  }
  const histories = group.flatMap(({ audience }) =>
    audience !== "anybody" && "history" in audience ? [audience.history] : []
  );
  const ofHistories = await listsOfHistories(scored, histories, options);
  let next = 0;
  return group.map(({ audience }) => {
    if (audience === "anybody") return popularItems(scored.dataset, k, candidates);
    return "user" in audience ? users.get(audience.user)! : ofHistories[next++];
  });
}

const nothing: ScoredItems = { items: noItems, scores: new Float32Array() };

/** The lists of people who are in no dataset; those that a device has to score share its passes. */
async function listsOfHistories(
  scored: ScoredModel,
  histories: readonly Uint32Array[],
  options: Pick<WantedList, "k" | "seen" | "candidates">,
): Promise<ScoredItems[]> {
  const found = new Array<ScoredItems>(histories.length);
  const { k, seen, candidates } = options;
  let [block, entries]: [number[], number] = [[], 0];
  const score = async () => {
    const some = block.map((n) => histories[n]);
    const excluded = seen.length > 0 ? some : [];
    const lists = await scored.listsOfHistories(some, k, candidates, excluded);
    block.forEach((n, place) => found[n] = lists[place]);
    [block, entries] = [[], 0];
  };
  for (const [n, history] of histories.entries()) {
    if (!isScoredOnDevice(scored, history)) {
      found[n] = await scored.bestItemsOfHistory(history, options);
      continue;
    }
    // A block has room for as many items as the dataset has.
    if (entries + history.length > scored.dataset.items) await score();
    block.push(n);
    entries += history.length;
  }
  if (block.length > 0) await score();
  return found;
}

/** Whether a history is scored as a user is, and not folded into rows or given popular items. */
function isScoredOnDevice({ representation, dataset }: ScoredModel, history: Uint32Array): boolean {
  return !("users" in representation) &&
    itemsWithoutTrainRow(dataset, history).length < history.length;
}
