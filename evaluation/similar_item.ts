/**
 * Whether anything is known of an item that others are to be similar to.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import type { ScoredModel } from "./scored_model.ts";
import { withTrainRow } from "./untrained_users.ts";

/**
 * Refuses an item that nobody took in train: those similar to it would be popular ones, where a model knows items by
 * who took them, or any, where its row is as training began with it. Features make such an item known to models with
 * rows.
 *
 * @param scored The model.
 * @param item The index of the item.
 * @throws {DataError} Nothing is known of it.
 */
export function refuseUnknownItem(
  { dataset, representation, untrained }: ScoredModel,
  item: number,
): void {
  if (withTrainRow(dataset, "items")[item] === 1) return;
  const hasRows = "users" in representation;
  if (hasRows && untrained?.items.includes(item)) return;
  throw new DataError(
    `Cannot find what is similar to "${dataset.itemIds.idOf(item)}": it has no train row, and ` +
      (hasRows ? "no features tell of it" : "this model knows items by who took them"),
    hasRows
      ? "Ask for an item with train rows or features"
      : "Ask for an item with train rows, or a model with rows, such as ssr, where items have features",
  );
}
