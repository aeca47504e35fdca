/**
 * Why users get what they get: scores of a recommender, taken apart.
 *
 * @module
 */
import { degreesOf } from "../data/dataset_summary.ts";
import { UsageError } from "../errors.ts";
import { usersWithoutTrainRow } from "../evaluation/untrained_users.ts";
import type { Id } from "../recommender/options.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { assertIndex } from "./explained_index.ts";
import { ExplainedModel, type ExplainedScore } from "./explained_model.ts";
import type { ExplainRequest, Explanation, OwnItems } from "./explanation.ts";
import type { OwnSums, Subject } from "./parted_score.ts";
import { ExplainedRows } from "./explained_rows.ts";

/** Own items that are listed where nobody says how many. */
const standardMost = 5;

/**
 * Explains scores of items for a user, or for the items of somebody who is in no dataset. The first call plans the parts
 * on the device; later ones read a few rows. All sums are checked.
 *
 * @param recommender The recommender.
 * @param request Whose scores, and of which items, by their indices.
 * @returns One explanation an item, in their order.
 * @throws {UsageError} The dataset has no such user or item, or both a user and a history are given, or neither.
 * @throws {BandpassError} Parts do not sum to a score.
 * @throws {GpuError} The device lacks memory for the parts.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { train } from "../recommender/train.ts";
 * import { explainScores } from "./explain_scores.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * await using model = await train(dataset, "itemknn");
 * const [why] = await explainScores(model, { user: 7, items: Uint32Array.of(3) });
 * why.own?.isExact; // true
 * ```
 */
export async function explainScores(
  recommender: Recommender,
  request: ExplainRequest,
): Promise<Explanation[]> {
  const { dataset } = recommender;
  const { user, items, most = standardMost } = request;
  // Who names an item twice has it once, as for lists.
  const history = request.history && Uint32Array.from(new Set(request.history));
  if ((user === undefined) === (history === undefined)) {
    throw new UsageError(
      `Cannot explain scores of ${user === undefined ? "nobody" : "both a user and a history"}`,
      'Give "user", or the items of a new user as "history"',
    );
  }
  if (user !== undefined) assertIndex("user", user, dataset.users);
  for (const item of [...history ?? [], ...items]) assertIndex("item", item, dataset.items);
  const model = await ExplainedModel.of(await recommender.scored());
  const idOf = (item: number): Id => dataset.itemIds.idOf(item);
  const counts = degreesOf([dataset.train], "items", dataset.items);
  const whose = user === undefined
    ? { history: Array.from(history!, idOf) }
    : { user: dataset.userIds.idOf(user) };
  const subject = subjectOf(model, user, history);
  if (subject === undefined) {
    return Array.from(items, (item) => ({
      ...{ ...whose, item: idOf(item), score: counts[item], basis: "popular" },
      ...{ taken: counts[item], breakdowns: [] },
    }));
  }
  const basis = user === undefined && model.scores instanceof ExplainedRows ? "fold-in" : "model";
  const found = await model.explain(subject, items);
  return found.map(({ nearest, own, score, breakdowns, members }, n) => ({
    ...{ ...whose, item: idOf(items[n]), score, basis, taken: counts[items[n]] },
    ...nearest !== undefined && { nearest: standIns(nearest, idOf) },
    breakdowns,
    ...members !== undefined && { members },
    own: ownItems(own, score, subject.history, most, idOf),
  }));
}

/** Whose scores come from the model; nothing of whom it knows nothing. */
function subjectOf(
  model: ExplainedModel,
  user: number | undefined,
  history: Uint32Array | undefined,
): Subject | undefined {
  if (user === undefined) {
    const items = model.knownOf(history!);
    return items.length === 0 ? undefined : { history: items };
  }
  const { scored: { dataset }, taken: { rowStart, column } } = model;
  if (usersWithoutTrainRow(dataset, [user]).length > 0) return undefined;
  return { user, history: column.subarray(rowStart[user], rowStart[user + 1]) };
}

function standIns(
  { items, scores }: NonNullable<ExplainedScore["nearest"]>,
  idOf: (item: number) => Id,
) {
  return Array.from(items, (item, n) => ({ item: idOf(item), score: scores[n] }));
}

/** The items that add or take most, and what the others do together. */
function ownItems(
  { rule, isExact, base, values }: OwnSums,
  score: number,
  history: Uint32Array,
  most: number,
  idOf: (item: number) => Id,
): OwnItems {
  const order = Array.from(values.keys())
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
  const sum = (places: readonly number[]) => places.reduce((total, n) => total + values[n], 0);
  const others = order.slice(most);
  return {
    ...{ isExact, rule },
    parts: order.slice(0, most).map((n) => ({ item: idOf(history[n]), value: values[n] })),
    others: { count: others.length, value: sum(others) },
    base,
    remainder: score - base - sum(order),
  };
}
