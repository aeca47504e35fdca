/**
 * The lists of another program, as a run file of TREC has them.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import type { Dataset, Split } from "../../data/dataset.ts";
import { DataError } from "../../errors.ts";
import { joinedSplits } from "../../evaluation/joined_splits.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { readTrecRows, type TrecPlace } from "./trec_rows.ts";
import type { Vocabulary } from "./vocabulary.ts";

const form = { what: "the TREC run", line: "USER Q0 ITEM RANK SCORE TAG", words: 6 };

/** The lists of a file. */
export interface TrecLists {
  /** The items of each user who has a list, best first. */
  readonly lists: ReadonlyMap<number, Uint32Array>;
  /** The number of items of the longest list. */
  readonly depth: number;
  /**
   * The items that a list may have at most; any number where the dataset is not known.
   *
   * @param user Whose list.
   */
  candidates(user: number): number;
  /** Lists of which the ranks go against the scores. */
  readonly contrary: number;
  /** Users with a list whom the dataset does not have. */
  readonly strangers: number;
}

interface ListedItem {
  readonly item: number;
  readonly rank: number;
  readonly score: number;
}

/**
 * Reads a run file. As in trec_eval the greater score comes first, whatever the rank says; of equal scores the smaller
 * rank does, and then the earlier line.
 *
 * @param path The file.
 * @param vocabulary What its words stand for.
 * @param masked The splits whose items are no candidates, where the words are of a dataset.
 * @throws {DataError} It cannot be read, a line is malformed, a list has an item twice, or one that the dataset does not
 * have or that is no candidate.
 */
export async function readTrecLists(
  path: string,
  vocabulary: Vocabulary,
  masked: readonly Split[],
): Promise<TrecLists> {
  const { dataset } = vocabulary;
  const seen = dataset && seenItems(dataset, masked);
  const found = new Map<number, Map<number, ListedItem>>();
  const strangers = new Set<string>();
  await readTrecRows(path, form, ([userWord, , itemWord, rankWord, scoreWord], place) => {
    const item = vocabulary.itemOf(itemWord);
    if (item === undefined) throw unknownItem(itemWord, dataset!, place);
    const [rank, score] = [
      numberIn("rank", rankWord, place),
      numberIn("score", scoreWord, place),
    ];
    const user = vocabulary.userOf(userWord);
    if (user === undefined) return void strangers.add(userWord);
    const split = seen?.(user, item);
    if (split !== undefined) throw notCandidate(userWord, itemWord, split, place);
    const list = found.get(user) ?? new Map<number, ListedItem>();
    found.set(user, list);
    if (list.has(item)) {
      throw new DataError(
        `${at(place)} lists the item "${excerpt(itemWord)}" of the user "${
          excerpt(userWord)
        }" again`,
        "Write each item once a user",
      );
    }
    list.set(item, { item, rank, score });
  });
  let [depth, contrary] = [0, 0];
  const lists = new Map<number, Uint32Array>();
  for (const [user, list] of found) {
    depth = Math.max(depth, list.size);
    const sorted = [...list.values()].sort((a, b) => b.score - a.score || a.rank - b.rank);
    if (sorted.some(({ rank }, n) => n > 0 && rank < sorted[n - 1].rank)) contrary++;
    lists.set(user, Uint32Array.from(sorted, ({ item }) => item));
  }
  const candidates = dataset === undefined ? () => Infinity : candidateCounts(dataset, masked);
  return { lists, depth, candidates, contrary, strangers: strangers.size };
}

const at = ({ path, line }: TrecPlace) => `Cannot use the TREC run "${path}": line ${line}`;

function numberIn(what: string, word: string, place: TrecPlace): number {
  const value = /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN;
  if (Number.isFinite(value)) return value;
  throw new DataError(
    `${at(place)} has the ${what} "${excerpt(word)}", expected a finite number`,
    `Write each line as: ${form.line}`,
  );
}

function unknownItem(word: string, { name, itemIds }: Dataset, place: TrecPlace): DataError {
  return new DataError(
    `${at(place)} has the item "${excerpt(word)}", which "${name}" does not have; expected ` +
      itemIds.expected,
    "Give lists of the same dataset, with its ids",
  );
}

function notCandidate(user: string, item: string, split: Split, place: TrecPlace): DataError {
  return new DataError(
    `${at(place)} recommends "${excerpt(item)}" to the user "${excerpt(user)}", who has it in ` +
      `${split}: the protocol masks what users have there`,
    "Leave such items out of the lists, and make the lists longer instead",
  );
}

/** How many items each user does not have in the masked splits. */
function candidateCounts(dataset: Dataset, masked: readonly Split[]) {
  const taken = interactionMatrix(joinedSplits(dataset, masked), dataset.users, dataset.items);
  return (user: number) => dataset.items - (taken.rowStart[user + 1] - taken.rowStart[user]);
}

/** The split in which a user has an item, of those that are masked. */
function seenItems(dataset: Dataset, masked: readonly Split[]) {
  const splits = masked.map((split) => {
    const { users, items } = dataset[split];
    const pairs = new Set<number>();
    users.forEach((user, row) => pairs.add(user * dataset.items + items[row]));
    return { split, pairs };
  });
  return (user: number, item: number): Split | undefined =>
    splits.find(({ pairs }) => pairs.has(user * dataset.items + item))?.split;
}
