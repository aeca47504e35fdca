/**
 * What `recommend` does with what the user asked for.
 *
 * @module
 */
import { readDataset } from "../../data/folder.ts";
import { readIdentifiers } from "../../data/identifiers.ts";
import { popularItems, type ScoredItems } from "../../evaluation/popular_items.ts";
import { recommendItems } from "../../evaluation/recommend.ts";
import { recommendForHistory } from "../../evaluation/recommend_history.ts";
import { openGpu } from "../../gpu/device.ts";
import { assertSelfTest } from "../../gpu/self_test.ts";
import { bestParameters } from "../common/best_parameters.ts";
import { counted } from "../common/counts.ts";
import { graphCache } from "../common/graph_cache.ts";
import { openRun } from "../common/open_run.ts";
import type { RecommendRequest } from "./recommend_command.ts";
import { type NamedIds, readCandidates, readHistory, readUsers } from "./recommend_inputs.ts";
import {
  type Id,
  recommendationHeader,
  recommendationLines,
} from "../common/recommendation_format.ts";
import { knownIndices } from "../common/resolve_ids.ts";
import { writeText } from "../common/text_output.ts";

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
  const { out, format, topK: k, unknown } = request;
  const { folder, configuration } = await openRun(request.run);
  const setParameters = await bestParameters(folder, configuration.model);
  const dataset = await readDataset(configuration.data_dir, configuration.dataset);
  const dataFolder = `${configuration.data_dir}/${configuration.dataset}`;
  const userIds = await readIdentifiers(dataFolder, "userID", dataset.users);
  const itemIds = await readIdentifiers(dataFolder, "itemID", dataset.items);
  const take = <Named extends NamedIds>(named: Named) => {
    if (named.note !== undefined) console.error(named.note);
    return named.ids;
  };
  const candidates = request.items === undefined
    ? undefined
    : knownIndices(take(await readCandidates(request.items, itemIds, unknown))).sort();
  const history = request.history === undefined
    ? undefined
    : knownIndices(take(readHistory(request.history, itemIds, unknown)));
  const users = request.users === undefined
    ? Array.from(
      { length: dataset.users },
      (_, index) => ({ index, id: String(userIds.idOf(index)) }),
    )
    : take(await readUsers(request.users, userIds, unknown));
  const gpu = await openGpu(request.adapter);
  try {
    await assertSelfTest(gpu);
    const cache = graphCache((text) => console.error(text));
    const shared = { k, candidates, setParameters, cache };
    const lists = async function* (): AsyncGenerator<UserList> {
      if (history !== undefined) {
        const excludeSeen = request.seen.length > 0;
        const best = history.length === 0
          ? popularItems(dataset, k, candidates)
          : await recommendForHistory(gpu, dataset, configuration, {
            ...shared,
            history,
            excludeSeen,
          });
        return yield { user: historyUser, ...best };
      }
      const known = recommendItems(gpu, dataset, configuration, {
        ...shared,
        users: knownIndices(users),
        seen: request.seen,
      });
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
  } finally {
    gpu.close();
  }
}
