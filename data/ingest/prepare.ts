/**
 * From a table of interactions to rows that a dataset holds: left-out rows, duplicates, k-core and
 * split, with the counts after each step.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import type { InteractionLog } from "./interaction_log.ts";
import { type SplitOptions, splitRows } from "./split.ts";
import type { TimePoints } from "./time_split.ts";
import {
  denseRows,
  filterRows,
  gapLabel,
  groupByUser,
  kCore,
  mergeDuplicates,
  type UserRows,
} from "./user_rows.ts";

/** Which rows a k-core counts. */
export const coreRules = ["all", "train"] as const;

/** See {@linkcode PrepareOptions}. */
export type CoreRule = typeof coreRules[number];

/** How rows are prepared. */
export interface PrepareOptions {
  /** Users and items with fewer rows are left out, until none is left that has. */
  readonly kCore: number;
  /**
   * Which rows that counts: all, before they are split, or train rows alone, so that nothing held out decides who is
   * in the dataset; held-out rows of users or items that are not in it are left out too.
   */
  readonly coreRows: CoreRule;
  /** How they are split. */
  readonly split: SplitOptions;
}

/** What is left after a step. */
export interface StepCounts {
  /** What was done. */
  readonly step: string;
  /** Number of rows. */
  readonly rows: number;
  /** Number of users with rows. */
  readonly users: number;
  /** Number of items with rows. */
  readonly items: number;
}

/** Rows that are ready to be written. */
export interface PreparedInteractions {
  /** The rows, with dense indices in order of first appearance. */
  readonly rows: UserRows;
  /** The `x_label` of each row. */
  readonly labels: Uint8Array;
  /** Index in the log of each user. */
  readonly users: Uint32Array;
  /** Index in the log of each item. */
  readonly items: Uint32Array;
  /** What was left after each step. */
  readonly steps: readonly StepCounts[];
  /** Rows of each split. */
  readonly splits: Readonly<Record<"train" | "valid" | "test", number>>;
  /** Items without a train row, and users: their held-out rows can hardly be guessed. */
  readonly cold: Readonly<Record<"users" | "items", number>>;
  /** 1 for each item that has a train row. */
  readonly trained: Uint8Array;
  /** The first user without a train row, by index; −1 where there is none. */
  readonly coldUser: number;
  /** Users of whom a held-out row is as old as one that is not, or as one of another split. */
  readonly tied: number;
  /** The points in time at which rows were divided, where all users have the same. */
  readonly points?: TimePoints;
  /** What was held out before a core of train rows was taken, where one was. */
  readonly beforeCore?: Pick<PreparedInteractions, "splits" | "cold">;
}

/**
 * Merges duplicates, takes the k-core and splits, or splits and takes the k-core of train rows.
 *
 * @param log The interactions.
 * @param options How.
 * @throws {DataError} No row is left, or none for train or test.
 * @example
 * ```ts
 * import { TableFiles } from "../table/table_files.ts";
 * import { readInteractionLog } from "./interaction_log.ts";
 * import { prepareInteractions } from "./prepare.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "user,item\nann,B1\nann,B2\nann,B1\n");
 * const reading = { columns: {}, needsTime: false, skipIncomplete: false };
 * const log = await readInteractionLog(new TableFiles(path), reading, () => {});
 * const split = { rule: "random", ratios: [.8, .1, .1], seed: 0 } as const;
 * prepareInteractions(log, { kCore: 1, coreRows: "all", split }).splits; // { train: 1, valid: 0, test: 1 }
 * ```
 */
export function prepareInteractions(
  log: InteractionLog,
  options: PrepareOptions,
): PreparedInteractions {
  const itemCount = log.itemIds.size;
  const steps: StepCounts[] = [];
  let rows = groupByUser(log.users, log.items, log.times, log.userIds.size);
  const count = (step: string) => steps.push({ step, ...countsOf(rows, itemCount) });
  count("read");
  if (rows.items.length === 0) throw nothingLeft(log, steps, options);
  rows = mergeDuplicates(rows, itemCount);
  count("merge duplicates");
  let beforeCore: PreparedInteractions["beforeCore"];
  const takeCore = (step: string) => {
    rows = kCore(rows, itemCount, options.kCore);
    count(step);
    if (rows.items.length === 0) throw nothingLeft(log, steps, options, beforeCore);
  };
  if (options.coreRows === "all") takeCore(`${options.kCore}-core`);
  const { labels, points } = splitRows(rows, options.split);
  rows = { ...rows, labels };
  if (options.split.gap) {
    rows = filterRows(rows, (_user, _item, label) => label !== gapLabel);
    count("gap");
  }
  if (options.coreRows === "train") {
    beforeCore = describeSplits(rows, itemCount);
    takeCore(`${options.kCore}-core of train rows`);
  }
  const dense = denseRows(rows, itemCount);
  const described = describeSplits(dense.rows, dense.items.length);
  if (beforeCore !== undefined && described.splits.test === 0) throw nothingToTest(options.kCore);
  return {
    ...dense,
    labels: dense.rows.labels!,
    steps,
    ...described,
    tied: options.split.rule === "random" ? 0 : countTied(dense.rows),
    points,
    beforeCore,
  };
}

function nothingToTest(k: number): DataError {
  return new DataError(
    `Cannot make a dataset: every test row is of a user or item with fewer than ${k} train rows, ` +
      "and is left out",
    ({ setting }) => `Set a smaller ${setting("kCore")}, or ${setting("coreRows", "all")}`,
  );
}

function countsOf(rows: UserRows, itemCount: number): Omit<StepCounts, "step"> {
  let users = 0;
  for (let user = 0; user + 1 < rows.start.length; user++) {
    if (rows.start[user] < rows.start[user + 1]) users++;
  }
  const seen = new Uint8Array(itemCount);
  let items = 0;
  for (let n = 0; n < rows.items.length; n++) {
    const item = rows.items[n];
    items += 1 - seen[item];
    seen[item] = 1;
  }
  return { rows: rows.items.length, users, items };
}

function nothingLeft(
  log: InteractionLog,
  steps: readonly StepCounts[],
  { kCore }: PrepareOptions,
  beforeCore?: PreparedInteractions["beforeCore"],
): DataError {
  const { rows, users, items } = steps[steps.length - (steps.length > 1 ? 2 : 1)];
  if (rows === 0) {
    return new DataError(
      `Cannot make a dataset: of ${log.rows} rows ${log.incomplete} lack a field and ` +
        `${log.belowRating} have too low a rating, which leaves none`,
      ({ setting }) => `Check ${setting("minRating")}, ${setting("null")} and the columns`,
    );
  }
  const of = beforeCore === undefined
    ? `${rows} rows (${users} users, ${items} items)`
    : `${beforeCore.splits.train} train rows`;
  return new DataError(
    `Cannot make a dataset: the ${kCore}-core of ${of} is empty, as no group of users and items ` +
      `has ${kCore} rows each`,
    ({ setting }) => `Set a smaller ${setting("kCore")}; ${setting("kCore", "1")} keeps all rows`,
  );
}

function describeSplits({ start, items, labels }: UserRows, itemCount: number) {
  const counts = [0, 0, 0];
  const [isThere, isTrained] = [new Uint8Array(itemCount), new Uint8Array(itemCount)];
  let coldUsers = 0;
  let coldUser = -1;
  for (let user = 0; user + 1 < start.length; user++) {
    let hasTrain = start[user] === start[user + 1];
    for (let n = start[user]; n < start[user + 1]; n++) {
      counts[labels![n]]++;
      isThere[items[n]] = 1;
      if (labels![n] !== 0) continue;
      hasTrain = true;
      isTrained[items[n]] = 1;
    }
    if (!hasTrain && coldUsers++ === 0) coldUser = user;
  }
  const [train, valid, test] = counts;
  const coldItems = isThere.reduce((sum, there, item) => sum + there - isTrained[item], 0);
  return {
    splits: { train, valid, test },
    cold: { users: coldUsers, items: coldItems },
    coldUser,
    trained: isTrained,
  };
}

/** Rows of a user are in order of time; of the same time, the order of the table has decided. */
function countTied({ start, times, labels }: UserRows): number {
  let tied = 0;
  for (let user = 0; user + 1 < start.length; user++) {
    for (let n = start[user] + 1; n < start[user + 1]; n++) {
      if (labels![n] === labels![n - 1] || times![n] !== times![n - 1]) continue;
      tied++;
      break;
    }
  }
  return tied;
}
