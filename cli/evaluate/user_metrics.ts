/**
 * The metrics of each user, which an evaluation keeps in its run's folder (data-format.md, "A run").
 *
 * @module
 */
import { contentHashes } from "../../data/content_hashes.ts";
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
import type { RunFolder } from "../../training/run_folder.ts";
import { runKey } from "../../training/run_record.ts";

/** What an evaluation measured of each user. */
export interface UserMeasures {
  /** The dataset. */
  readonly dataset: Dataset;
  /** The ranks of what was held out. */
  readonly ranks: RankedSplit;
  /** What the lists are like, in the order of the users of the ranks. */
  readonly lists: ListMetrics;
}

/**
 * The checksum of a run's parameters, or of what it keeps in their place; nothing of a run that keeps nothing. It is
 * asked for before they are loaded: should a training write better ones meanwhile, metrics are taken for those of
 * parameters that are gone, and never for those of parameters that they were not computed by.
 *
 * @param folder The run.
 */
export async function parametersOf(folder: RunFolder): Promise<string | undefined> {
  if (!await folder.hasCheckpoint("best")) return undefined;
  using file = await folder.openCheckpoint("best");
  return file.metadata.checksum;
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
  measures: UserMeasures,
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

/**
 * What the file of a run says of itself.
 *
 * @param folder The run.
 * @param dataset The dataset.
 * @param parameters What {@linkcode parametersOf} gave.
 */
export function identityOf(
  { record }: RunFolder,
  dataset: Dataset,
  parameters: string | undefined,
): Record<string, unknown> {
  return {
    run: record === undefined ? null : runKey(record),
    parameters: parameters ?? null,
    data: record?.data ?? contentHashes(dataset),
  };
}

function* groupsOf({ dataset, ranks, lists }: UserMeasures): Generator<ParquetGroup> {
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
