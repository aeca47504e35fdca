/**
 * How a question for reasons is answered.
 *
 * @module
 */
import { allSplits } from "../data/dataset.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { explainScores } from "../explain/explain_scores.ts";
import { namedExplanation } from "../explain/named_explanation.ts";
import type { Recommender } from "../recommender/recommender.ts";
import type { ItemNames } from "./item_names.ts";
import type { Plan } from "./plan.ts";
import type { ExplainQuestion } from "./questions.ts";
import { indexedWish, knownIndices, refuseUnknown, requireIndex } from "./wish.ts";

/** The best items that are explained where none are named. */
const standardLength = 5;

/**
 * Plans the answer.
 *
 * @param recommender The recommender.
 * @param scored Its model.
 * @param names What items are called.
 * @param question The question.
 * @throws {ServiceError} The dataset lacks the user or an item.
 */
export function explainPlan(
  recommender: Recommender,
  scored: ScoredModel,
  names: ItemNames,
  { user, history = [], items, topK = standardLength }: ExplainQuestion,
): Plan {
  const { dataset } = scored;
  const { userIds, itemIds } = dataset;
  refuseUnknown(itemIds, [...history, ...items ?? []], "item");
  const whose = user === undefined
    ? { history: knownIndices(itemIds, history) }
    : { user: requireIndex(userIds, user, "user") };
  const explained = async (items: Uint32Array) => {
    const found = await explainScores(recommender, { ...whose, items });
    return { explanations: found.map((why) => namedExplanation(why, names.nameOf)) };
  };
  if (items !== undefined) {
    const indices = knownIndices(itemIds, items);
    return { lists: [], finish: () => explained(indices) };
  }
  const wanted = { ...indexedWish(dataset, { topK }), audience: whose };
  return {
    lists: [{ ...wanted, seen: allSplits }],
    finish: ([{ items }]) => explained(items),
  };
}
