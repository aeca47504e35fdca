/**
 * How a question for similar items is answered: by the cosine of their rows; by what somebody gets who took that item
 * alone, where a model has no rows.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { DataError } from "../errors.ts";
import { historyOfItem } from "../evaluation/item_history.ts";
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
 * @throws {ServiceError} The dataset lacks the item, or nobody took it in train and the model has no rows.
 */
export function similarPlan(
  scored: ScoredModel,
  names: ItemNames,
  question: SimilarQuestion,
): Plan {
  const { dataset } = scored;
  const item = requireIndex(dataset.itemIds, question.item, "item");
  const wish = indexedWish(dataset, question);
  if (!("users" in scored.representation)) {
    const audience = { history: historyOf(dataset, item) };
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

function historyOf(dataset: Dataset, item: number): Uint32Array {
  try {
    return historyOfItem(dataset, item);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new ServiceError("unknown", error.message, error.nextStep);
  }
}
