/**
 * Recommendations with what people and programs want to know of them: names, and reasons.
 *
 * @module
 */
import type { Interactions } from "../../data/dataset.ts";
import type { ItemMeta } from "../../data/item_meta.ts";
import type { ScoredItems } from "../../evaluation/best_items.ts";
import { reasonsFor } from "../../evaluation/reasons.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import { usersWithoutTrainRow } from "../../evaluation/untrained_users.ts";
import type { Id } from "../common/recommendation_format.ts";

/** An item, and what it is called. */
export interface NamedItem {
  /** Its id. */
  readonly item: Id;
  /** Its name, where that is known. */
  readonly name?: string;
}

/** A recommended item. */
export interface ReadableItem extends NamedItem {
  /** Its score. */
  readonly score: number;
  /** What else is known of it, by column. */
  readonly fields: Readonly<Record<string, string>>;
  /** The user's own items that speak most for it, the strongest first. */
  readonly because: readonly NamedItem[];
}

/** A user's list. */
export interface ReadableList {
  /** The user. */
  readonly user: Id;
  /** How many items the user has, in all splits. */
  readonly owned: number;
  /**
   * What the list comes from: the model, or popularity, as the user has no train row or is not in the
   * dataset.
   */
  readonly basis: "model" | "popular" | "unknown";
  /** The items that the list was made from, where the user is in no dataset. */
  readonly history?: readonly NamedItem[];
  /** The items, best first. */
  readonly items: readonly ReadableItem[];
}

/** A list by indices, and whom it is for. */
export interface IndexedList extends ScoredItems {
  /** What the user is called. */
  readonly user: Id;
  /** Their index; nothing where they are not in the dataset. */
  readonly index?: number;
  /** The indices of the items that the list was made from, where the user is in no dataset. */
  readonly history?: Uint32Array;
}

/** Own items that are named for each recommended one. */
const mostReasons = 2;

/** Lists whose reasons are looked for together. */
const windowLength = 256;

/**
 * Makes lists readable.
 *
 * @param scored The model, and its dataset.
 * @param lists The lists.
 * @param meta What is known of items.
 */
export async function* readableLists(
  scored: ScoredModel,
  lists: AsyncIterable<IndexedList>,
  meta?: ItemMeta,
): AsyncGenerator<ReadableList> {
  let window: IndexedList[] = [];
  for await (const list of lists) {
    if (window.push(list) < windowLength) continue;
    yield* await readable(scored, window, meta);
    window = [];
  }
  yield* await readable(scored, window, meta);
}

async function readable(
  scored: ScoredModel,
  lists: readonly IndexedList[],
  meta?: ItemMeta,
): Promise<ReadableList[]> {
  const { dataset } = scored;
  const users = new Set(lists.flatMap(({ index }) => index === undefined ? [] : [index]));
  const cold = new Set(usersWithoutTrainRow(dataset, users));
  const [trained, ...heldOut] = (["train", "valid", "test"] as const)
    .map((split) => itemsOf(users, dataset[split]));
  const named = (item: number): NamedItem => {
    const name = meta?.nameOf(item);
    return { item: dataset.itemIds.idOf(item), ...name !== undefined && { name } };
  };
  const owned = lists.map(({ index, history, items }) => ({
    own: history ?? Uint32Array.from(trained.get(index ?? -1) ?? []),
    items,
  }));
  const reasons = await reasonsFor(scored, owned, mostReasons);
  return lists.map(({ user, index, history, items, scores }, n) => {
    const own = owned[n].own.length;
    const isPopular = history === undefined ? cold.has(index ?? -1) : own === 0;
    return {
      user,
      owned: heldOut.reduce((sum, rows) => sum + (rows.get(index ?? -1)?.length ?? 0), own),
      basis: isPopular
        ? "popular"
        : history === undefined && index === undefined
        ? "unknown"
        : "model",
      ...history !== undefined && { history: Array.from(history, named) },
      items: Array.from(items, (item, place) => ({
        ...named(item),
        score: scores[place],
        fields: fieldsOf(item, meta),
        because: Array.from(reasons[n][place], named),
      })),
    };
  });
}

/** The items that users have in a split. */
function itemsOf(users: ReadonlySet<number>, rows: Interactions): Map<number, number[]> {
  const found = new Map<number, number[]>();
  rows.users.forEach((user, row) => {
    if (!users.has(user)) return;
    const items = found.get(user);
    if (items === undefined) found.set(user, [rows.items[row]]);
    else items.push(rows.items[row]);
  });
  return found;
}

function fieldsOf(item: number, meta: ItemMeta | undefined): Record<string, string> {
  const fields = meta?.fieldsOf(item) ?? [];
  return Object.fromEntries(fields.map((field, column) => [meta!.columns[column], field]));
}
