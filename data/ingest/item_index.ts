/**
 * Which row of the features an own item id has.
 *
 * @module
 */
import type { IdTable } from "./id_table.ts";

/** The items of a dataset by their own ids. */
export interface ItemIndex {
  /** All items of the table of interactions, in order of first appearance. */
  readonly ids: IdTable;
  /** The items of the dataset, by their index in `ids`. */
  readonly kept: Uint32Array;
  /** For each of `ids` the index in the dataset, or −1 where the item was left out. */
  readonly indexOf: Int32Array;
  /**
   * Where time was divided, 1 for each item of the dataset that had been taken by then: what is learnt of all items,
   * such as the rarity of words, is learnt of these (default: of all).
   */
  readonly known?: Uint8Array;
}

/**
 * Makes the index.
 *
 * @param ids All items of the table of interactions.
 * @param kept Those of the dataset, by their index in `ids`.
 * @param known Those that may be learnt from (default: all).
 * @example
 * ```ts
 * import { IdTable } from "./id_table.ts";
 * import { indexItems } from "./item_index.ts";
 * const ids = new IdTable();
 * for (const id of "abc") ids.intern(new TextEncoder().encode(id), 0, 1);
 * indexItems(ids, new Uint32Array([2])).indexOf; // [-1, -1, 0]
 * ```
 */
export function indexItems(ids: IdTable, kept: Uint32Array, known?: Uint8Array): ItemIndex {
  const indexOf = new Int32Array(ids.size).fill(-1);
  kept.forEach((id, index) => indexOf[id] = index);
  return { ids, kept, indexOf, known };
}
