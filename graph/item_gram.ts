/**
 * The item graph of the train interactions: `P = (XᵀX)^∘s` of `X = D_U^-a R D_I^(a−1)` (methods.md, §8), as a
 * sparse matrix whose memory is bounded.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../algebra/csr.ts";
import { kthLargest } from "../algebra/kth_largest.ts";

/** How items that were taken together are weighted, and how many entries there may be. */
export interface ItemGramOptions {
  /** a: how much a user with many items counts less; 1 − a is how much a popular item does. */
  readonly exponent: number;
  /** s: the power that each entry is raised to. */
  readonly sharpness: number;
  /** Entries at most; where there would be more, the longest rows keep their largest ones. */
  readonly mostEntries: number;
}

/** The item graph. */
export interface ItemGram {
  /** P, `I×I`, symmetric where nothing is cut, columns ascending within a row. */
  readonly matrix: Csr;
  /** The sum of all entries of P, those that are cut among them. */
  readonly total: number;
  /** How rows were cut, where they were. */
  readonly cut?: {
    /** Entries that a row has at most. */
    readonly entries: number;
    /** How many rows had more. */
    readonly rows: number;
    /** The entries of P before. */
    readonly uncut: number;
    /** The share of `total` that is kept. */
    readonly share: number;
  };
}

/** A row with more than this part of all items is read off them, and not sorted. */
const scanShare = 64;

/**
 * Degrees to a power; that of 0 is 0, so that rows without edges stay without.
 *
 * @param degrees Degrees.
 * @param exponent The power.
 * @example
 * ```ts
 * import { degreePowers } from "./item_gram.ts";
 * degreePowers([0, 4], -0.5); // [0, 0.5]
 * ```
 */
export function degreePowers(degrees: ArrayLike<number>, exponent: number): Float64Array {
  return Float64Array.from(degrees, (degree) => degree === 0 ? 0 : degree ** exponent);
}

/**
 * Builds the item graph, in f64 until an entry is rounded.
 *
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param options How items are weighted, and how many entries there may be.
 * @example
 * ```ts
 * import { interactionMatrix } from "./interaction_graph.ts";
 * import { itemGram } from "./item_gram.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([0, 1]) };
 * const options = { exponent: 0.5, sharpness: 1, mostEntries: 100 };
 * itemGram(interactionMatrix(pairs, 1, 2), options).matrix.value; // [0.5, 0.5, 0.5, 0.5]
 * ```
 */
export function itemGram(interactions: Csr, options: ItemGramOptions): ItemGram {
  const { exponent, sharpness, mostEntries } = options;
  const byItem = transpose(interactions);
  const items = byItem.rows;
  const ofUser = degreePowers(rowCounts(interactions), -2 * exponent);
  const ofItem = degreePowers(rowCounts(byItem), exponent - 1);
  const counts = neighbourCounts(interactions, byItem);
  const most = longestRow(counts, mostEntries);
  const rowStart = new Uint32Array(items + 1);
  for (let item = 0; item < items; item++) {
    rowStart[item + 1] = rowStart[item] + Math.min(most, counts[item]);
  }
  const column = new Uint32Array(rowStart[items]);
  const value = new Float32Array(rowStart[items]);
  const together = new Float64Array(items);
  const others = new Uint32Array(items);
  const largest = new LargestItems(items, most);
  let [total, kept] = [0, 0];
  for (let item = 0; item < items; item++) {
    const found = addNeighbours(item, interactions, byItem, ofUser, together, others);
    for (const other of found) {
      const entry = together[other] * ofItem[item] * ofItem[other];
      together[other] = sharpness === 1 ? entry : entry ** sharpness;
      total += together[other];
    }
    let at = rowStart[item];
    for (const other of largest.of(found, together)) {
      column[at] = other;
      value[at++] = together[other];
      kept += together[other];
    }
    for (const other of found) together[other] = 0;
  }
  const matrix = { rows: items, columns: items, rowStart, column, value };
  const uncut = counts.reduce((sum, count) => sum + count, 0);
  if (uncut === column.length) return { matrix, total };
  const rows = counts.reduce((sum, count) => sum + Number(count > most), 0);
  return { matrix, total, cut: { entries: most, rows, uncut, share: kept / total } };
}

/** The items that share a user with an item, itself among them: how many each item has. */
function neighbourCounts(interactions: Csr, byItem: Csr): Uint32Array {
  const seen = new Uint32Array(byItem.rows);
  const counts = new Uint32Array(byItem.rows);
  for (let item = 0; item < byItem.rows; item++) {
    for (let n = byItem.rowStart[item]; n < byItem.rowStart[item + 1]; n++) {
      const user = byItem.column[n];
      for (let m = interactions.rowStart[user]; m < interactions.rowStart[user + 1]; m++) {
        const other = interactions.column[m];
        if (seen[other] === item + 1) continue;
        seen[other] = item + 1;
        counts[item]++;
      }
    }
  }
  return counts;
}

/** The most entries of a row with which all rows together have no more than they may, at least 1. */
function longestRow(counts: Uint32Array, mostEntries: number): number {
  const ascending = counts.toSorted();
  let left = mostEntries;
  for (let n = 0; n < ascending.length; n++) {
    const share = Math.floor(left / (ascending.length - n));
    if (ascending[n] > share) return Math.max(1, share);
    left -= ascending[n];
  }
  return Math.max(1, ascending.at(-1) ?? 1);
}

/** Adds up what an item has in common with others; gives these, ascending, in a part of `others`. */
function addNeighbours(
  item: number,
  interactions: Csr,
  byItem: Csr,
  ofUser: Float64Array,
  together: Float64Array,
  others: Uint32Array,
): Uint32Array {
  let count = 0;
  for (let n = byItem.rowStart[item]; n < byItem.rowStart[item + 1]; n++) {
    const user = byItem.column[n];
    for (let m = interactions.rowStart[user]; m < interactions.rowStart[user + 1]; m++) {
      const other = interactions.column[m];
      if (together[other] === 0) others[count++] = other;
      together[other] += ofUser[user];
    }
  }
  if (count * scanShare < others.length) return others.subarray(0, count).sort();
  // Looking through all items is quicker than to sort so many.
  count = 0;
  for (let other = 0; other < others.length; other++) {
    if (together[other] !== 0) others[count++] = other;
  }
  return others.subarray(0, count);
}

/** Keeps the items of the largest values, in their order, ties by smaller index; in memory that is reused. */
class LargestItems {
  readonly #values: Float64Array;
  readonly #items: Uint32Array;

  /** Keeps so many items at most. */
  constructor(items: number, readonly count: number) {
    this.#values = new Float64Array(items);
    this.#items = new Uint32Array(count);
  }

  /** Some items, ascending, or those of them that stay. */
  of(items: Uint32Array, values: Float64Array): Uint32Array {
    const { count } = this;
    if (items.length <= count) return items;
    const own = this.#values.subarray(0, items.length);
    for (let n = 0; n < items.length; n++) own[n] = values[items[n]];
    const border = kthLargest(own, count);
    let ties = count;
    for (let n = 0; n < items.length; n++) if (values[items[n]] > border) ties--;
    let kept = 0;
    for (let n = 0; n < items.length; n++) {
      const value = values[items[n]];
      if (value > border || value === border && ties-- > 0) this.#items[kept++] = items[n];
    }
    return this.#items;
  }
}
