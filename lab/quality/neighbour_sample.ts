/**
 * Some items and the items that are nearest to them by their features, for people to judge.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { cosineOf } from "./cosine.ts";

/** An item near another. */
export interface NearItem {
  /** Its index. */
  readonly item: number;
  /** The cosine of both items' features. */
  readonly cosine: number;
}

/** An item, and those nearest to it. */
export interface ItemNeighbours {
  /** Its index. */
  readonly item: number;
  /** The nearest first; of two that are as near the one with the smaller index. */
  readonly nearest: readonly NearItem[];
}

/** Items that are looked at, and the neighbours of each. */
const [looked, near] = [10, 5];

/**
 * Ten items, or as many as there are, from the most popular to the least, evenly spaced in that order.
 *
 * @param degrees Train rows of each item; those without any are left out.
 * @example
 * ```ts
 * import { sampledItems } from "./neighbour_sample.ts";
 * sampledItems(Uint32Array.of(0, 1, 5)); // [2, 1]
 * ```
 */
export function sampledItems(degrees: Uint32Array): number[] {
  const order = Array.from(degrees, (_, item) => item).filter((item) => degrees[item] > 0)
    .sort((a, b) => degrees[b] - degrees[a] || a - b);
  const count = Math.min(looked, order.length);
  return Array.from(
    { length: count },
    (_, n) => order[count === 1 ? 0 : Math.round(n * (order.length - 1) / (count - 1))],
  );
}

/**
 * The nearest items of some.
 *
 * @param items The items; those without features have no neighbours and are left out.
 * @param modality The features.
 * @param present Whether each item has features.
 */
export function neighboursOf(
  items: readonly number[],
  modality: Modality,
  present: Uint8Array,
): ItemNeighbours[] {
  return items.filter((item) => present[item]).map((item) => {
    const nearest: NearItem[] = [];
    for (let other = 0; other < modality.rows; other++) {
      if (other === item || present[other] === 0) continue;
      const cosine = cosineOf(modality, item, other);
      if (nearest.length === near && cosine <= nearest[near - 1].cosine) continue;
      const place = nearest.findIndex((one) => cosine > one.cosine);
      nearest.splice(place < 0 ? nearest.length : place, 0, { item: other, cosine });
      if (nearest.length > near) nearest.pop();
    }
    return { item, nearest };
  });
}
