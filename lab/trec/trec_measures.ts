/**
 * The measures of another program's lists.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import type { Interactions } from "../../data/dataset.ts";
import { DataError } from "../../errors.ts";
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { protocolCutoffs } from "../../evaluation/metrics.ts";
import { itemsOfUsers, usersOf } from "../../evaluation/ranking.ts";
import { listColumns, notListed, type UserMeasures } from "../measures/user_measures.ts";
import type { TrecLists } from "./trec_lists.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Which lists are measured, by what. */
export interface TrecSubject {
  /** Their file, for messages. */
  readonly path: string;
  /** The lists. */
  readonly found: TrecLists;
  /** What was to be found. */
  readonly heldOut: Interactions;
  /** What the words of both stand for. */
  readonly vocabulary: Vocabulary;
  /** The greatest cutoff of the metrics that are asked for. */
  readonly cutoff: number;
}

/**
 * What lists give the users who have something to be found. A user without a list has found nothing, as with
 * `trec_eval -c`.
 *
 * @param subject The lists.
 * @param note Told what is missing.
 * @throws {DataError} No such user has a list, the lists have other ids than the qrels, or none is as long as the
 * cutoff.
 */
export function trecMeasures(subject: TrecSubject, note: (text: string) => void): UserMeasures {
  const { path, found, heldOut, vocabulary, cutoff } = subject;
  const { lists, depth, candidates, contrary, strangers } = found;
  const { dataset } = vocabulary;
  const users = usersOf(heldOut);
  const without = users.filter((user) => !lists.has(user)).length;
  if (without === users.length) {
    throw new DataError(
      `Cannot use the TREC run "${path}": it has no list of any of the ${users.length} users who ` +
        "have something to be found",
      "Give lists of the same dataset and split, with its ids",
    );
  }
  if (dataset === undefined && !hasAny(lists.values(), new Set(heldOut.items))) {
    throw new DataError(
      `Cannot use the TREC run "${path}": none of its items is in the qrels`,
      "Give lists and qrels with the same ids",
    );
  }
  const needed = Math.min(cutoff, dataset?.items ?? Infinity);
  if (depth < needed) {
    throw new DataError(
      `Cannot use the TREC run "${path}" for metrics at ${cutoff}: its longest list has ${
        counted(depth, "item")
      }`,
      "Make longer lists, or compare by metrics at a smaller cutoff",
    );
  }
  if (without > 0) {
    note(
      `"${path}" has no list of ${counted(without, "user")}: they count as having found nothing`,
    );
  }
  const short =
    users.filter((user) => (lists.get(user)?.length ?? needed) < Math.min(needed, candidates(user)))
      .length;
  if (short > 0) {
    note(
      `"${path}" has lists of fewer than ${counted(needed, "item")} for ${
        counted(short, "user")
      }: ` +
        "what they leave out counts as not found",
    );
  }
  if (contrary > 0) {
    note(
      `"${path}" has ${counted(contrary, "list")} whose ranks go against the scores: the greater ` +
        "score comes first, as in trec_eval",
    );
  }
  if (strangers > 0) {
    note(`"${path}" has lists of ${counted(strangers, "user")} whom "${dataset?.name}" lacks`);
  }
  const { start, items } = itemsOfUsers(heldOut, users);
  const ranks = new Uint32Array(items.length).fill(notListed);
  users.forEach((user, place) => {
    const places = new Map(Array.from(lists.get(user) ?? [], (item, rank) => [item, rank]));
    for (let n = start[place]; n < start[place + 1]; n++) {
      ranks[n] = places.get(items[n]) ?? notListed;
    }
  });
  const ranked = { users, start, items, ranks };
  if (dataset === undefined) return { ranked, lists: {} };
  const reached = protocolCutoffs.filter((length) => length <= Math.max(depth, cutoff));
  const metrics = new ListMetrics(dataset, users.length, reached);
  for (const user of users) metrics.add(user, lists.get(user) ?? new Uint32Array());
  return { ranked, lists: listColumns(metrics, users.length) };
}

function hasAny(lists: Iterable<Uint32Array>, items: ReadonlySet<number>): boolean {
  for (const list of lists) {
    if (list.some((item) => items.has(item))) return true;
  }
  return false;
}
