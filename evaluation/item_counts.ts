/**
 * How often items were taken.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";

/**
 * The train interactions of each item.
 *
 * @param dataset The dataset.
 * @returns A number an item.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { itemCounts } from "./item_counts.ts";
 * itemCounts(await readDataset(`${await Deno.makeTempDir()}/sample`)).length; // 600
 * ```
 */
export function itemCounts({ items, train }: Pick<Dataset, "items" | "train">): Uint32Array {
  const counts = new Uint32Array(items);
  for (const item of train.items) counts[item]++;
  return counts;
}
