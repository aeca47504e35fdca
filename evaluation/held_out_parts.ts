/**
 * Parts of the users and of the items, whose held-out items are judged by themselves (methods.md, §6).
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { degreesOf } from "../data/dataset_summary.ts";
import { coldAndOtherUsers } from "./cold_users.ts";
import type { RankedSplit } from "./ranking.ts";

/** The held-out items of some users, or some of the held-out items. */
export interface HeldOutPart {
  /** What it is called where its numbers are shown. */
  readonly name: string;
  /** Whether a user is in it. */
  readonly hasUser: (user: number) => boolean;
  /** Whether an item is in it. */
  readonly hasItem: (item: number) => boolean;
}

/**
 * Users with few train interactions, and the others.
 *
 * @param dataset The dataset.
 * @param limit The most train interactions of a cold user.
 */
export function userParts(dataset: Dataset, limit: number): HeldOutPart[] {
  return coldAndOtherUsers(dataset, limit)
    .map(({ name, has }) => ({ name, hasUser: has, hasItem: () => true }));
}

/** The most train interactions of an item of which little is known. */
const fewRows = 5;

/**
 * Items by what is known of them: by their number of train interactions (none, few, more); and by their popularity,
 * each third of the train interactions making a part, head for the most popular items, then mid and tail.
 *
 * @param dataset The dataset.
 */
export function itemParts(dataset: Dataset): HeldOutPart[] {
  const counts = degreesOf([dataset.train], "items", dataset.items);
  const thirds = thirdsOf(counts, dataset.train.items.length);
  const parts: [name: string, hasItem: (item: number) => boolean][] = [
    ["items without train interactions", (item) => counts[item] === 0],
    [
      `items with 1 to ${fewRows} train interactions`,
      (item) => counts[item] > 0 && counts[item] <= fewRows,
    ],
    [`items with more than ${fewRows} train interactions`, (item) => counts[item] > fewRows],
    ...["head", "mid", "tail"].map((name, n): typeof parts[number] => [
      `${name} items`,
      (item) => counts[item] > 0 && thirds[item] === n,
    ]),
  ];
  return parts.map(([name, hasItem]) => ({ name, hasItem, hasUser: () => true }));
}

/** The third of all interactions in which an item's first one lies, the most popular items first. */
function thirdsOf(counts: Uint32Array, all: number): Uint8Array {
  const thirds = new Uint8Array(counts.length);
  let before = 0;
  for (const item of [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b)) {
    thirds[item] = Math.min(2, Math.floor(3 * before / all));
    before += counts[item];
  }
  return thirds;
}

/**
 * The ranks of a part alone, at their places among all candidates; users without an item in it are left out.
 *
 * @param ranked The ranks of a split.
 * @param part The part.
 */
export function ranksOfPart(ranked: RankedSplit, part: HeldOutPart): RankedSplit {
  const [users, items, ranks, start]: number[][] = [[], [], [], [0]];
  ranked.users.forEach((user, place) => {
    if (!part.hasUser(user)) return;
    for (let n = ranked.start[place]; n < ranked.start[place + 1]; n++) {
      if (!part.hasItem(ranked.items[n])) continue;
      items.push(ranked.items[n]);
      ranks.push(ranked.ranks[n]);
    }
    if (ranks.length === start.at(-1)) return;
    users.push(user);
    start.push(ranks.length);
  });
  const [all, found, places, ends] = [users, items, ranks, start].map((of) => Uint32Array.from(of));
  return { users: all, items: found, ranks: places, start: ends };
}
