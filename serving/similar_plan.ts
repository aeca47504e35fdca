/**
 * How a question for similar items is answered: by the cosine of their rows; by what somebody gets who took that item
 * alone, where a model has no rows.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { refuseUnknownItem } from "../evaluation/similar_item.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { withoutItems } from "../evaluation/popular_items.ts";
import { similarRows } from "../models/similar_rows.ts";
import type { ItemNames } from "./item_names.ts";
import type { Plan } from "./plan.ts";
import type { SimilarQuestion } from "./questions.ts";
import { ServiceError } from "./service_error.ts";
import { indexedWish, requireIndex } from "./wish.ts";

/**
 * Plans the answer.
 *
 * @param scored The model.
 * @param names What items are called.
 * @param question The question.
 * @throws {ServiceError} The dataset lacks the item, or nothing is known of it.
 */
export function similarPlan(
  scored: ScoredModel,
  names: ItemNames,
  question: SimilarQuestion,
): Plan {
  const { dataset } = scored;
  const item = requireIndex(dataset.itemIds, question.item, "item");
  requireKnown(scored, item);
  const wish = indexedWish(dataset, question);
  if (!("users" in scored.representation)) {
    const audience = { history: Uint32Array.of(item) };
    return {
      lists: [{ ...wish, audience, seen: ["train"] }],
      finish: ([list]) => ({ ...names.named(item), items: names.listed(list) }),
    };
  }
  const { k, candidates, excluded = new Uint32Array() } = wish;
  return {
    lists: [],
    async finish() {
      const { values, columns } = await scored.itemRows();
      const found = similarRows(values, columns, item, k + excluded.length, candidates);
      const { items, scores } = withoutItems(found, excluded);
      const list = { items: items.subarray(0, k), scores: scores.subarray(0, k) };
      return { ...names.named(item), items: names.listed(list) };
    },
  };
}

/** Refuses an item that nothing is known of, as one that the dataset lacks. */
function requireKnown(scored: ScoredModel, item: number): void {
  try {
    refuseUnknownItem(scored, item);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new ServiceError("unknown", error.message, error.nextStep);
  }
}
