/**
 * How a question for recommendations is answered.
 *
 * @module
 */
import { allSplits } from "../data/dataset.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { itemsWithoutTrainRow, usersWithoutTrainRow } from "../evaluation/untrained_users.ts";
import type { ItemNames } from "./item_names.ts";
import type { Plan } from "./plan.ts";
import type { AnsweredList, RecommendQuestion } from "./questions.ts";
import type { WantedList } from "./wanted_list.ts";
import { indexedWish, knownIndices, refuseUnknown } from "./wish.ts";

/** A list that is wanted, and what its answer says beside the items. */
interface AskedList {
  readonly wanted: WantedList;
  readonly told: Omit<AnsweredList, "items">;
}

/**
 * Plans the answer.
 *
 * @param scored The model.
 * @param names What items are called.
 * @param question The question.
 * @throws {ServiceError} The dataset lacks a user or an item that may not be unknown.
 */
export function recommendPlan(
  scored: ScoredModel,
  names: ItemNames,
  question: RecommendQuestion,
): Plan {
  const { dataset } = scored;
  const { users = [], histories = [], unknown = "error", excludeSeen = allSplits } = question;
  const wish = { ...indexedWish(dataset, question), seen: excludeSeen };
  if (unknown === "error") {
    refuseUnknown(dataset.userIds, users, "user");
    refuseUnknown(dataset.itemIds, histories.flat(), "item");
  }
  const asked: AskedList[] = [
    ...users.map((user): AskedList => {
      const index = dataset.userIds.indexOf(String(user));
      if (index === undefined) {
        return { wanted: { ...wish, audience: "anybody" }, told: { user, basis: "unknown" } };
      }
      const isCold = usersWithoutTrainRow(dataset, [index]).length > 0;
      const basis = isCold ? "popular" : "model";
      return { wanted: { ...wish, audience: { user: index } }, told: { user, basis } };
    }),
    ...histories.map((ids): AskedList => {
      const history = knownIndices(dataset.itemIds, ids);
      const basis = tellsOfTaste(scored, history) ? "model" : "popular";
      return { wanted: { ...wish, audience: { history } }, told: { basis } };
    }),
  ];
  return {
    lists: asked.map(({ wanted }) => wanted),
    finish: (found) => ({
      lists: asked.map(({ told }, n) => ({ ...told, items: names.listed(found[n]) })),
    }),
  };
}

/** Whether a model makes a list of a history: its rows may tell of items that nobody took in train. */
function tellsOfTaste({ representation, dataset }: ScoredModel, history: Uint32Array): boolean {
  if ("users" in representation) return history.length > 0;
  return itemsWithoutTrainRow(dataset, history).length < history.length;
}
