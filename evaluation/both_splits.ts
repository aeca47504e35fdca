/**
 * Validation and test ranked at once: the scores of a user are computed once for both, which halves the
 * time of an evaluation where scoring takes most of it.
 *
 * The ranks are those that each split has by itself: a held-out item's rank depends on no other.
 *
 * @module
 */
import type { Dataset, Interactions } from "../data/dataset.ts";
import type { RankedSplit } from "./ranking.ts";

/** The ranks of both splits. */
export interface RankedSplits {
  /** Those of validation. */
  readonly valid: RankedSplit;
  /** Those of test. */
  readonly test: RankedSplit;
}

/**
 * A dataset whose test split has the rows of both, those of validation first.
 *
 * @param dataset The dataset.
 */
export function withJoinedSplits(dataset: Dataset): Dataset {
  const { valid, test } = dataset;
  const joined = (part: keyof Interactions) => Uint32Array.from([...valid[part], ...test[part]]);
  return { ...dataset, test: { users: joined("users"), items: joined("items") } };
}

/**
 * The ranks of each split among those of {@linkcode withJoinedSplits}.
 *
 * @param ranked The ranks of the test split there: of each user first the validation items.
 * @param dataset The dataset as it was.
 * @example
 * ```ts
 * import { indices } from "../data/identifiers.ts";
 * import { partedRanks } from "./both_splits.ts";
 * const [valid, test] = [7, 8].map((item) => ({ users: Uint32Array.of(0), items: Uint32Array.of(item) }));
 * const ids = { userIds: indices(1), itemIds: indices(9) };
 * const dataset = { name: "x", users: 1, items: 9, train: test, valid, test, ...ids, modalities: [] };
 * const [users, start] = [Uint32Array.of(0), Uint32Array.of(0, 2)];
 * const ranked = { users, start, ranks: Uint32Array.of(5, 3), items: Uint32Array.of(7, 8) };
 * partedRanks(ranked, dataset).test.ranks; // [3]
 * ```
 */
export function partedRanks(ranked: RankedSplit, dataset: Dataset): RankedSplits {
  const validRows = new Uint32Array(dataset.users);
  for (const user of dataset.valid.users) validRows[user]++;
  const part = (isValid: boolean): RankedSplit => {
    const users: number[] = [];
    const start = [0];
    const places: number[] = [];
    ranked.users.forEach((user, place) => {
      const border = ranked.start[place] + validRows[user];
      const first = isValid ? ranked.start[place] : border;
      const end = isValid ? border : ranked.start[place + 1];
      if (first === end) return;
      for (let n = first; n < end; n++) places.push(n);
      users.push(user);
      start.push(places.length);
    });
    return {
      users: Uint32Array.from(users),
      start: Uint32Array.from(start),
      ranks: Uint32Array.from(places, (n) => ranked.ranks[n]),
      items: Uint32Array.from(places, (n) => ranked.items[n]),
    };
  };
  return { valid: part(true), test: part(false) };
}
