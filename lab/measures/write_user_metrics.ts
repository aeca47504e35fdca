/**
 * Writes the metrics of each user, as a run keeps them (data-format.md, "A run").
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import {
  groupRows,
  type ParquetGroup,
  type ParquetType,
  writeParquetGroups,
} from "../../data/parquet.ts";
import type { ListMetrics } from "../../evaluation/list_metrics.ts";
import { rankMetrics, userRankMetrics } from "../../evaluation/metrics.ts";
import type { RankedSplit } from "../../evaluation/ranking.ts";

/** What an evaluation measured of each user. */
export interface MeasuredUsers {
  /** The dataset. */
  readonly dataset: Dataset;
  /** The ranks of what was held out. */
  readonly ranks: RankedSplit;
  /** What the lists are like, in the order of the users of the ranks. */
  readonly lists: ListMetrics;
}

/**
 * Writes a row a user: `userID`, `id`, `train_items` (how many they have), `profile_popularity`, `held_out` and `ranks`
 * (lists of items, and of the places of these counted from 0), and each metric at each cutoff.
 *
 * @param path The file.
 * @param measures What was measured.
 * @param madeOf What else the file says of itself: from what and how it was measured.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeUserMetrics(
  path: string,
  measures: MeasuredUsers,
  madeOf: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { cutoffs, names } = measures.lists;
  const metrics = [...rankMetrics, ...names].flatMap((name) =>
    cutoffs.map((cutoff) => `${name}@${cutoff}`)
  );
  const columns: Record<string, ParquetType> = {
    userID: "int32",
    id: "string",
    train_items: "int32",
    profile_popularity: "optional double",
    held_out: "int32 list",
    ranks: "int32 list",
    ...Object.fromEntries(metrics.map((name) => [name, "optional double"])),
  };
  await writeParquetGroups(path, columns, groupsOf(measures), { bandpass: JSON.stringify(madeOf) });
}

function* groupsOf({ dataset, ranks, lists }: MeasuredUsers): Generator<ParquetGroup> {
  const { users, start } = ranks;
  const { cutoffs, names, profilePopularity } = lists;
  const ofRanks = userRankMetrics(cutoffs);
  const trainItems = new Uint32Array(dataset.users);
  for (const user of dataset.train.users) trainItems[user]++;
  const orNothing = (value: number) => Number.isNaN(value) ? undefined : value;
  for (let first = 0; first < users.length; first += groupRows) {
    const group = Array.from(users.subarray(first, first + groupRows));
    const listOf = (of: Uint32Array) =>
      group.map((_, n) => Array.from(of.subarray(start[first + n], start[first + n + 1])));
    const rankValues = group.map((_, n) =>
      ofRanks(ranks.ranks.subarray(start[first + n], start[first + n + 1])).slice()
    );
    yield {
      userID: group,
      id: group.map((user) => String(dataset.userIds.idOf(user))),
      train_items: group.map((user) => trainItems[user]),
      profile_popularity: group.map((user) => orNothing(profilePopularity[user])),
      held_out: listOf(ranks.items),
      ranks: listOf(ranks.ranks),
      ...Object.fromEntries(cutoffs.flatMap((cutoff, c) => [
        ...rankMetrics.map((name, m) => [
          `${name}@${cutoff}`,
          rankValues.map((values) => values[m * cutoffs.length + c]),
        ]),
        ...names.map((name) => [
          `${name}@${cutoff}`,
          group.map((_, n) => orNothing(lists.of(name, first + n, c))),
        ]),
      ])),
    };
  }
}
