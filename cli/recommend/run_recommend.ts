/**
 * What `recommend` does with what the user asked for.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import type { Dataset } from "../../data/dataset.ts";
import { type ItemMeta, itemMetaFile, readItemMeta } from "../../data/item_meta.ts";
import { type NewItemReading, readNewItems } from "../../data/ingest/new_item_files.ts";
import { readNewItemMeta } from "../../data/ingest/new_item_meta.ts";
import { inWords, UsageError } from "../../errors.ts";
import type { ListOptions } from "../../evaluation/best_items.ts";
import { popularItems } from "../../evaluation/popular_items.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import { untrainedHistoryNote, untrainedUsersNote } from "../../evaluation/untrained_users.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { flags } from "../common/flags.ts";
import { note } from "../common/note.ts";
import { type ReadNewItems, requestedRun } from "../common/open_recommender.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { userProgress } from "../common/user_progress.ts";
import { shownPath } from "../common/paths.ts";
import { recommendationHeader, recommendationLines } from "../common/recommendation_format.ts";
import { knownIndices, type ResolvedId } from "../common/resolve_ids.ts";
import { writeText } from "../common/text_output.ts";
import { everyItemNote, usersWithEveryItem } from "./complete_users.ts";
import { listsJson } from "./list_json.ts";
import { listText } from "./list_text.ts";
import { type IndexedList, readableLists } from "./readable_list.ts";
import type { RecommendRequest } from "./recommend_command.ts";
import {
  candidateItems,
  type NamedIds,
  namedUsers,
  readHistory,
  readUsers,
} from "./recommend_inputs.ts";
import { itemColumnOf, passingItems, readStockList, textModalities } from "./stock_list.ts";

/** Whom the lists are for. */
type Audience =
  | { readonly history: Uint32Array }
  | { readonly users: Iterable<ResolvedId>; readonly indices: Uint32Array };

/** The name in the output of the user that `--history` describes. */
const historyUser = "history";

/** Columns of what is read elsewhere than on a terminal. */
const standardWidth = 80;

/**
 * Writes the best items of users by the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runRecommend(request: RecommendRequest): Promise<void> {
  const run = await requestedRun(request);
  const path = shownPath(run.folder.path);
  await run.use(
    (recommender) => writeLists({ ...request, run: path }, recommender),
    request.newItems && newItemsOf(request.newItems),
  );
}

/** Reads the items of `--new-items`, and says how many there are. */
function newItemsOf(sources: NonNullable<RecommendRequest["newItems"]>): ReadNewItems {
  return async (dataset) => {
    const added = await readNewItems(dataset, sources, {
      ...await newItemReading(dataset.folder!),
      note: (remark) => note(inWords(remark, flags)),
    });
    note(
      `${counted(added.ids.length, "new item")} beside the ${grouped(dataset.items)} of the run`,
    );
    return added;
  };
}

/** How files of new items are read. */
async function newItemReading(folder: string): Promise<NewItemReading> {
  return {
    itemColumn: await itemColumnOf(folder),
    textModalities: await textModalities(folder),
  };
}

/** What is known of items, new ones among them. */
async function metaOf(
  { newItems }: RecommendRequest,
  { folder, itemIds }: Dataset,
): Promise<ItemMeta | undefined> {
  const meta = await readItemMeta(folder!, itemIds);
  return newItems === undefined
    ? meta
    : await readNewItemMeta(newItems, itemIds, await newItemReading(folder!), meta);
}

async function writeLists(request: RecommendRequest, recommender: Recommender): Promise<void> {
  const { out, format, topK: k, seen, seenIsDefault } = request;
  const { dataset, configuration } = recommender;
  const isReadable = format === "text" || format === "json";
  const meta = isReadable || request.filter !== undefined
    ? await metaOf(request, dataset)
    : undefined;
  const candidates = await candidatesOf(request, recommender, meta);
  const audience = await audienceOf(request, recommender);
  const scored = await recommender.scored();
  if ("history" in audience) {
    const hasRows = "users" in scored.representation;
    const cold = untrainedHistoryNote(dataset, audience.history, hasRows);
    if (cold !== undefined) note(cold);
  }
  const lists = listsOf(scored, audience, { k, seen, candidates, seenIsDefault });
  const readable = () => readableLists(scored, lists, meta);
  let written = 0;
  const text = async function* () {
    if (format === "json") {
      const source = { run: request.run, model: configuration.model, dataset: dataset.name };
      return yield* listsJson({ ...source, exclude_seen: seen }, counting(readable()));
    }
    if (format === "text") {
      const width = Deno.stdout.isTerminal() ? Deno.consoleSize().columns : standardWidth;
      for await (const list of counting(readable())) yield listText(list, width);
      return;
    }
    yield recommendationHeader(format);
    for await (const { user, items, scores } of counting(lists)) {
      const ids = Array.from(items, (item) => dataset.itemIds.idOf(item));
      yield recommendationLines(format, { user, items: ids, scores });
    }
  };
  // Lists that go to stdout show by themselves how far they are.
  const progress = createProgress(stderrSink());
  const told = "indices" in audience && out !== "-"
    ? userProgress(progress, "Recommending to", audience.indices.length)
    : undefined;
  const counting = async function* <List>(all: AsyncIterable<List>) {
    for await (const list of all) {
      written++;
      told?.(written);
      yield list;
    }
    progress.clear();
  };
  await writeText(out, text());
  if (out !== "-") {
    note(`${counted(written, "user")}, at most ${counted(k, "item")} each, in ${shownPath(out)}`);
  }
}

function take(named: NamedIds): readonly ResolvedId[] {
  if (named.note !== undefined) note(named.note);
  return named.ids;
}

/** The items that may be given, ascending; nothing where all may. */
async function candidatesOf(
  { items: source, filter, unknown }: RecommendRequest,
  { dataset }: Recommender,
  meta: ItemMeta | undefined,
): Promise<Uint32Array<ArrayBuffer> | undefined> {
  if (source !== undefined) {
    const { itemIds } = dataset;
    const list = await readStockList(
      { ...source, filter },
      itemIds,
      await itemColumnOf(dataset.folder!),
    );
    for (const line of list.notes) note(line);
    const name = source.path === "-" ? "stdin" : source.path;
    return knownIndices(take(candidateItems(list, name, itemIds, unknown))).sort();
  }
  if (filter === undefined) return undefined;
  if (meta === undefined) {
    throw new UsageError(
      `Cannot use --filter without --items: the dataset has no ${itemMetaFile} to look in`,
      "Name a table with --items stock.csv, or keep one with the dataset: " +
        flags.command("preprocess", { meta: "items.csv" }),
    );
  }
  const passing = passingItems(meta, dataset.items, filter);
  for (const line of passing.notes) note(line);
  return passing.indices;
}

async function audienceOf(
  { user, users: path, history, unknown }: RecommendRequest,
  { dataset }: Recommender,
): Promise<Audience> {
  const { userIds, itemIds } = dataset;
  if (history !== undefined) {
    return { history: knownIndices(take(readHistory(history, itemIds, unknown))) };
  }
  const named = user !== undefined
    ? take(namedUsers(user, userIds, unknown))
    : path !== undefined
    ? take(await readUsers(path, userIds, unknown))
    : undefined;
  const indices = named === undefined
    ? Uint32Array.from({ length: dataset.users }, (_, index) => index)
    : knownIndices(named);
  const cold = untrainedUsersNote(dataset, indices, "popular items are recommended");
  if (cold !== undefined) note(cold);
  return { users: named ?? everyUser(dataset), indices };
}

/** All users, one after the other: of a million, their ids alone would be hundreds of megabytes. */
function* everyUser({ users, userIds }: Dataset): Generator<ResolvedId> {
  for (let index = 0; index < users; index++) yield { index, id: String(userIds.idOf(index)) };
}

async function* listsOf(
  scored: ScoredModel,
  audience: Audience,
  options: ListOptions & Pick<RecommendRequest, "seenIsDefault">,
): AsyncGenerator<IndexedList> {
  const { dataset } = scored;
  if ("history" in audience) {
    const { history } = audience;
    return yield {
      user: historyUser,
      history,
      ...await scored.bestItemsOfHistory(history, options),
    };
  }
  const users = audience.indices;
  const complete = options.seenIsDefault ? usersWithEveryItem(dataset, users) : new Set<number>();
  const heldOut = everyItemNote(complete.size);
  if (heldOut !== undefined) note(heldOut);
  const known = scored.bestItems(users.filter((user) => !complete.has(user)), options);
  const ofComplete = scored.bestItems(
    users.filter((user) => complete.has(user)),
    { ...options, seen: ["train"] },
  );
  const popular = popularItems(dataset, options.k, options.candidates);
  for (const { id, index } of audience.users) {
    if (index === undefined) {
      yield { user: id, ...popular };
      continue;
    }
    const { items, scores } = (await (complete.has(index) ? ofComplete : known).next()).value!;
    yield { user: dataset.userIds.idOf(index), index, items, scores };
  }
  for (const all of [known, ofComplete]) await all.return(undefined);
}
