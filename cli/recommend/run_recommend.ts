/**
 * What `recommend` does with what the user asked for.
 *
 * @module
 */
import type { ScoredItems } from "../../evaluation/best_items.ts";
import { untrainedHistoryNote, untrainedUsersNote } from "../../evaluation/untrained_users.ts";
import { popularItems } from "../../evaluation/popular_items.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { counted } from "../../data/counts.ts";
import { requestedRun } from "../common/open_recommender.ts";
import {
  type Id,
  recommendationHeader,
  recommendationLines,
} from "../common/recommendation_format.ts";
import { knownIndices } from "../common/resolve_ids.ts";
import { say } from "../common/output.ts";
import { writeText } from "../common/text_output.ts";
import type { RecommendRequest } from "./recommend_command.ts";
import { type NamedIds, readCandidates, readHistory, readUsers } from "./recommend_inputs.ts";

/** The best items of a user, by index. */
interface UserList extends ScoredItems {
  /** The user as the output names them. */
  readonly user: Id;
}

/** The name in the output of the user that `--history` describes. */
const historyUser = "history";

/**
 * Writes the best items of users by the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runRecommend(request: RecommendRequest): Promise<void> {
  const run = await requestedRun(request);
  await run.use((recommender) => writeLists(request, recommender));
}

async function writeLists(request: RecommendRequest, recommender: Recommender): Promise<void> {
  const { out, format, topK: k, unknown, seen } = request;
  const { dataset } = recommender;
  const { userIds, itemIds } = dataset;
  const take = <Named extends NamedIds>(named: Named) => {
    if (named.note !== undefined) say(named.note);
    return named.ids;
  };
  const candidates = request.items === undefined
    ? undefined
    : knownIndices(take(await readCandidates(request.items, itemIds, unknown))).sort();
  const options = { k, seen, candidates };
  const history = request.history === undefined
    ? undefined
    : knownIndices(take(readHistory(request.history, itemIds, unknown)));
  const users = request.users === undefined
    ? Array.from(
      { length: dataset.users },
      (_, index) => ({ index, id: String(userIds.idOf(index)) }),
    )
    : take(await readUsers(request.users, userIds, unknown));
  if (history === undefined) {
    const cold = untrainedUsersNote(dataset, knownIndices(users), "popular items are given");
    if (cold !== undefined) say(cold);
  }
  const scored = await recommender.scored();
  const lists = async function* (): AsyncGenerator<UserList> {
    if (history !== undefined) {
      const cold = untrainedHistoryNote(dataset, history, "users" in scored.representation);
      if (cold !== undefined) say(cold);
      const best = await scored.bestItemsOfHistory(history, options);
      return yield { user: historyUser, ...best };
    }
    const known = scored.bestItems(knownIndices(users), options);
    const popular = popularItems(dataset, k, candidates);
    for (const { id, index } of users) {
      if (index === undefined) yield { user: id, ...popular };
      else yield { ...(await known.next()).value, user: userIds.idOf(index) };
    }
    await known.return(undefined);
  };
  let written = 0;
  const text = async function* () {
    yield recommendationHeader(format);
    for await (const { user, items, scores } of lists()) {
      written++;
      const ids = Array.from(items, (item) => itemIds.idOf(item));
      yield recommendationLines(format, { user, items: ids, scores });
    }
  };
  await writeText(out, text());
  if (out !== "-") {
    console.error(`${counted(written, "user")}, at most ${counted(k, "item")} each, in ${out}`);
  }
}
