/**
 * The split of interactions into train, validation and test.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import { divideByTime, type DividedRows, type TimePoints } from "./time_split.ts";
import type { UserRows } from "./user_rows.ts";
import { wholeRows } from "./whole_rows.ts";

/** How rows are split. */
export const splitRules = ["random", "user-time", "global-time", "leave-last"] as const;

/** A rule; see {@linkcode splitRows}. */
export type SplitRule = typeof splitRules[number];

/** The shares of train, validation and test; they add up to 1. */
export type Ratios = readonly [train: number, valid: number, test: number];

/** What `.inter` files call the splits; train is 0. */
const [valid, test] = [1, 2];

/** How rows are to be split. */
export interface SplitOptions {
  /** The rule. */
  readonly rule: SplitRule;
  /** The shares; `leave-last` has no use for them. */
  readonly ratios: Ratios;
  /** What the random order of `random` follows from; a 32-bit integer. */
  readonly seed: number;
  /** For `leave-last`: a user's rows for test, and as many before them for validation (default: 1). */
  readonly last?: number;
  /** For `global-time`: the points in time (default: they follow from the shares). */
  readonly points?: TimePoints;
  /** For `global-time`: rows so many seconds before the first point are left out (default: 0). */
  readonly gap?: number;
}

/** The labels of rows, and where time was divided by `global-time`. */
export type SplitLabels = Pick<DividedRows, "labels"> & Partial<DividedRows>;

/**
 * The `x_label` (0 train, 1 validation, 2 test) of each row.
 *
 * - `random`: MMRec's rule (methods.md §1). A user's rows in random order: with n rows
 *   ⌊(valid+test)·n⌋ of the last are held out, validation getting its share of them rounded down;
 *   with too few rows for that, one each.
 * - `user-time`: the same numbers, the rows of each user in order of their time.
 * - `leave-last`: a user's last N rows are test, the N before them validation.
 * - `global-time`: two points in time for all users ({@linkcode divideByTime}).
 *
 * By the first three a user always keeps a train row, and gets test rows before validation rows. Of rows with the same
 * time the one that comes first in the table counts as the earlier one.
 *
 * @param rows The rows, with times for all rules but `random`.
 * @param options How.
 * @throws {DataError} See {@linkcode divideByTime}.
 * @example
 * ```ts
 * import { splitRows } from "./split.ts";
 * const rows = { start: new Uint32Array([0, 4]), items: new Uint32Array([0, 1, 2, 3]) };
 * splitRows(rows, { rule: "leave-last", ratios: [.8, .1, .1], seed: 0 }).labels; // [0, 0, 1, 2]
 * ```
 */
export function splitRows(rows: UserRows, options: SplitOptions): SplitLabels {
  const { rule, ratios, seed, last = 1, points, gap = 0 } = options;
  if (rule === "global-time") return divideByTime(rows.times!, { at: points ?? ratios, gap });
  const { start, items } = rows;
  const labels = new Uint8Array(items.length);
  const uniform = uniforms(seed);
  for (let user = 0; user + 1 < start.length; user++) {
    const count = start[user + 1] - start[user];
    const held = rule === "leave-last" ? lastRows(count, last) : heldOut(count, ratios);
    const own = labels.subarray(start[user], start[user + 1]);
    own.fill(valid, count - held.valid - held.test);
    own.fill(test, count - held.test);
    if (rule === "random") shuffle(own, uniform);
  }
  return { labels };
}

/** How many of a user's rows are held out by `leave-last`. */
function lastRows(count: number, last: number) {
  const both = Math.min(2 * last, count - 1);
  const inTest = Math.min(last, both);
  return { valid: both - inTest, test: inTest };
}

/** How many of a user's rows are held out by shares; where these are less than a row, one row. */
function heldOut(count: number, [, validShare, testShare]: Ratios) {
  const share = validShare + testShare;
  const parts = Number(validShare > 0) + Number(testShare > 0);
  const smallest = Math.min(...[validShare, testShare].filter((one) => one > 0));
  const few = wholeRows(count * smallest) < 1;
  const both = Math.min(few ? parts : wholeRows(share * count), count - 1);
  if (both < parts) return testShare > 0 ? { valid: 0, test: both } : { valid: both, test: 0 };
  const inValid = few ? Number(validShare > 0) : wholeRows(both * validShare / share);
  return { valid: inValid, test: both - inValid };
}

/** Fisher and Yates' shuffle. */
function shuffle(labels: Uint8Array, uniform: () => number): void {
  for (let n = labels.length - 1; n > 0; n--) {
    const other = Math.floor((n + 1) * uniform());
    const label = labels[n];
    labels[n] = labels[other];
    labels[other] = label;
  }
}
