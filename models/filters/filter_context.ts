/**
 * What the parts of filters are made from: the train interactions, and the item graph.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { type ItemGram, itemGram, type ItemGramOptions } from "../../graph/item_gram.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import type { ModelContext } from "../model.ts";

/** What the parts of a filter ask of the context of its model. */
export type FilterContext = Pick<
  ModelContext,
  "memory" | "dataset" | "note" | "cache" | "shared" | "kept" | "signal" | "onProgress"
>;

/**
 * The train interactions, `U×I`, value 1 each.
 *
 * @param context What the model is computed from.
 */
export function takenItems({ dataset: { train, users, items } }: FilterContext): Csr {
  return interactionMatrix(train, users, items);
}

/**
 * The item graph; the same once more where a model of other settings has just asked for it.
 *
 * @param context What the model is computed from; it is noted where rows are cut.
 * @param interactions The train interactions.
 * @param options How items are weighted, and how many entries there may be.
 */
export async function sharedItemGram(
  { shared, note }: FilterContext,
  interactions: Csr,
  options: ItemGramOptions,
): Promise<ItemGram> {
  const build = () => itemGram(interactions, options);
  const gram = await (shared?.once("item graph", JSON.stringify(options), build) ?? build());
  if (gram.cut !== undefined) note?.(cutText(gram.cut));
  return gram;
}

function cutText({ entries, rows, uncut, share }: NonNullable<ItemGram["cut"]>): string {
  const [most, count, all] = [entries, rows, uncut].map((number) => number.toLocaleString("en"));
  return `The item graph would have ${all} entries: ${count} rows are cut at their ${most} largest, ` +
    `and ${(100 * share).toFixed(2)} % of the weight is kept`;
}
