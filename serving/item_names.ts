/**
 * Items as answers have them: by their ids, with their names where the dataset has them.
 *
 * @module
 */
import type { Identifiers } from "../data/identifiers.ts";
import type { ItemMeta } from "../data/item_meta.ts";
import type { ScoredItems } from "../evaluation/best_items.ts";
import { type Named, withName } from "../explain/named_explanation.ts";
import type { Id } from "../recommender/options.ts";
import type { ListedItem } from "./questions.ts";

/** The names of a dataset's items. */
export class ItemNames {
  /**
   * Takes ids and names.
   *
   * @param itemIds The ids of the items.
   * @param meta What else is known of them (default: nothing).
   */
  constructor(readonly itemIds: Identifiers, readonly meta?: Pick<ItemMeta, "nameOf">) {}

  /** The name of an item, by its id; nothing where it has none. */
  readonly nameOf = (id: Id): string | undefined => {
    const item = this.itemIds.indexOf(String(id));
    return item === undefined ? undefined : this.meta?.nameOf(item);
  };

  /**
   * An item.
   *
   * @param item Its index.
   */
  named(item: number): { readonly item: Id } & Named {
    return withName({ item: this.itemIds.idOf(item) }, () => this.meta?.nameOf(item));
  }

  /**
   * The items of a list.
   *
   * @param list The list, by indices.
   */
  listed({ items, scores }: ScoredItems): ListedItem[] {
    return Array.from(items, (item, n) => ({ ...this.named(item), score: scores[n] }));
  }
}
