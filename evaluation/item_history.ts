/**
 * What is similar to an item of a model without rows: what somebody gets who took that item alone.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { DataError } from "../errors.ts";
import { withTrainRow } from "./untrained_users.ts";

/**
 * The history of somebody who took one item alone.
 *
 * @param dataset The dataset.
 * @param item The index of the item.
 * @throws {DataError} Nobody took it in train, so that it says nothing of anybody.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { historyOfItem } from "./item_history.ts";
 * const dataset = await readDataset("datasets/sample");
 * historyOfItem(dataset, 3); // Uint32Array [3]
 * ```
 */
export function historyOfItem(dataset: Dataset, item: number): Uint32Array {
  if (withTrainRow(dataset, "items")[item] === 1) return Uint32Array.of(item);
  throw new DataError(
    `Cannot find what is similar to "${dataset.itemIds.idOf(item)}": it has no train row, and ` +
      "this model knows items by who took them",
    "Ask for an item with train rows, or a model with rows, such as ssr",
  );
}
