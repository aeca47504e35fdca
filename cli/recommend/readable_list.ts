/**
 * Recommendations with what people and programs want to know of them: names, and reasons.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
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

/** Own items that are named for each recommended one. */
const mostReasons = 2;

/** Makes lists readable. */
export class ListReader {
  readonly #dataset: Dataset;
  readonly #scored: ScoredModel;
  readonly #meta?: ItemMeta;
  readonly #own: ReadonlyMap<number, readonly number[]>;
  readonly #owned: ReadonlyMap<number, number>;

  /**
   * Looks up what the users have.
   *
   * @param scored The model, and its dataset.
   * @param users The indices of the users that are asked about.
   * @param meta What is known of items.
   */
  constructor(scored: ScoredModel, users: Uint32Array, meta?: ItemMeta) {
    this.#scored = scored;
    this.#meta = meta;
    const dataset = this.#dataset = scored.dataset;
    const own = new Map(Array.from(users, (user) => [user, [] as number[]]));
    const owned = new Map(Array.from(users, (user) => [user, 0]));
    for (const split of ["train", "valid", "test"] as const) {
      const rows = dataset[split];
      rows.users.forEach((user, row) => {
        if (!owned.has(user)) return;
        owned.set(user, owned.get(user)! + 1);
        if (split === "train") own.get(user)!.push(rows.items[row]);
      });
    }
    this.#own = own;
    this.#owned = owned;
  }

  /**
   * The list of a user of the dataset.
   *
   * @param user The user's index.
   * @param list The items.
   */
  async ofUser(user: number, list: ScoredItems): Promise<ReadableList> {
    const isCold = usersWithoutTrainRow(this.#dataset, [user]).length > 0;
    return {
      user: this.#dataset.userIds.idOf(user),
      owned: this.#owned.get(user)!,
      basis: isCold ? "popular" : "model",
      items: await this.#items(list, isCold ? [] : this.#own.get(user)!),
    };
  }

  /**
   * The list of a user who is not in the dataset.
   *
   * @param user The user's id.
   * @param list Popular items.
   */
  async ofUnknown(user: Id, list: ScoredItems): Promise<ReadableList> {
    return { user, owned: 0, basis: "unknown", items: await this.#items(list, []) };
  }

  /**
   * The list of somebody of whom some items are known.
   *
   * @param user What the user is called.
   * @param history The indices of these items.
   * @param list The items.
   */
  async ofHistory(user: Id, history: Uint32Array, list: ScoredItems): Promise<ReadableList> {
    return {
      user,
      owned: history.length,
      basis: history.length === 0 ? "popular" : "model",
      history: Array.from(history, (item) => this.#named(item)),
      items: await this.#items(list, Array.from(history)),
    };
  }

  async #items({ items, scores }: ScoredItems, own: readonly number[]): Promise<ReadableItem[]> {
    const reasons = await reasonsFor(this.#scored, Uint32Array.from(own), items, mostReasons);
    const columns = this.#meta?.columns ?? [];
    return Array.from(items, (item, n) => {
      const fields = this.#meta?.fieldsOf(item) ?? [];
      return {
        ...this.#named(item),
        score: scores[n],
        fields: Object.fromEntries(fields.map((field, column) => [columns[column], field])),
        because: Array.from(reasons[n], (one) => this.#named(one)),
      };
    });
  }

  #named(item: number): NamedItem {
    const name = this.#meta?.nameOf(item);
    return { item: this.#dataset.itemIds.idOf(item), ...name !== undefined && { name } };
  }
}
