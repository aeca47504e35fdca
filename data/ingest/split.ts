/**
 * The split of interactions into train, validation and test.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import type { UserRows } from "./user_rows.ts";

/** How rows are split. */
export const splitRules = ["random", "user-time", "global-time", "leave-last"] as const;

/** A rule; see {@linkcode splitRows}. */
export type SplitRule = typeof splitRules[number];

/** The shares of train, validation and test; they add up to 1. */
export type Ratios = readonly [train: number, valid: number, test: number];

/** What `.inter` files call the splits. */
const [train, valid, test] = [0, 1, 2];

/** Shares such as .1 + .2 are a little off: a product this close to an integer is that integer. */
const rounding = 1e-9;

/** How rows are to be split. */
export interface SplitOptions {
  /** The rule. */
  readonly rule: SplitRule;
  /** The shares; `leave-last` has no use for them. */
  readonly ratios: Ratios;
  /** What the random order of `random` follows from; a 32-bit integer. */
  readonly seed: number;
}

/**
 * The `x_label` (0 train, 1 validation, 2 test) of each row.
 *
 * - `random`: MMRec's rule (methods.md §1). A user's rows in random order: with n rows
 *   ⌊(valid+test)·n⌋ of the last are held out, validation getting its share of them rounded down;
 *   with too few rows for that, one each.
 * - `user-time`: the same numbers, the rows of each user in order of their time.
 * - `leave-last`: a user's last row is test, the one before it validation.
 * - `global-time`: two points in time for all users; rows with the same time stay together.
 *
 * By the first three a user always keeps a train row, and gets a test row before a validation row.
 *
 * @param rows The rows, with times for all rules but `random`.
 * @param options How.
 * @throws {DataError} No row is left for train or for test, as the times are all the same.
 * @example
 * ```ts
 * import { splitRows } from "./split.ts";
 * const rows = { start: new Uint32Array([0, 4]), items: new Uint32Array([0, 1, 2, 3]) };
 * splitRows(rows, { rule: "leave-last", ratios: [.8, .1, .1], seed: 0 }); // [0, 0, 1, 2]
 * ```
 */
export function splitRows(rows: UserRows, options: SplitOptions): Uint8Array {
  const { rule, ratios, seed } = options;
  if (rule === "global-time") return splitByTime(rows.times!, ratios);
  const { start, items } = rows;
  const labels = new Uint8Array(items.length);
  const uniform = uniforms(seed);
  for (let user = 0; user + 1 < start.length; user++) {
    const count = start[user + 1] - start[user];
    const held = heldOut(count, ratios, rule === "leave-last");
    const own = labels.subarray(start[user], start[user + 1]);
    own.fill(valid, count - held.valid - held.test);
    own.fill(test, count - held.test);
    if (rule === "random") shuffle(own, uniform);
  }
  return labels;
}

/** How many rows of a user with `count` are held out; `oneEach` whatever the shares are. */
function heldOut(count: number, ratios: Ratios, oneEach: boolean) {
  const [validShare, testShare] = oneEach ? [1, 1] : [ratios[1], ratios[2]];
  const share = validShare + testShare;
  const parts = Number(validShare > 0) + Number(testShare > 0);
  const smallest = Math.min(...[validShare, testShare].filter((one) => one > 0));
  const few = oneEach || count * smallest < 1 - rounding;
  const both = Math.min(few ? parts : Math.floor(share * count + rounding), count - 1);
  if (both < parts) return testShare > 0 ? { valid: 0, test: both } : { valid: both, test: 0 };
  const inValid = few ? Number(validShare > 0) : Math.floor(both * validShare / share + rounding);
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

function splitByTime(times: Float64Array, ratios: Ratios): Uint8Array {
  const sorted = times.slice().sort();
  const timeAt = (share: number) => {
    const position = Math.floor(share * sorted.length + rounding);
    return position < sorted.length ? sorted[position] : Infinity;
  };
  const validFrom = timeAt(ratios[0]);
  const testFrom = ratios[2] > 0 ? timeAt(ratios[0] + ratios[1]) : Infinity;
  const labels = new Uint8Array(times.length);
  const counts = [0, 0, 0];
  for (let n = 0; n < times.length; n++) {
    labels[n] = times[n] >= testFrom ? test : times[n] >= validFrom ? valid : train;
    counts[labels[n]]++;
  }
  if (counts[train] === 0 || (ratios[2] > 0 && counts[test] === 0)) {
    throw new DataError(
      ({ setting }) =>
        `Cannot split by time: ${counts[train]} rows come before and ${counts[test]} after the ` +
        `points that ${setting("ratios")} asks for, as rows with the same time stay together`,
      ({ setting }) => `Use ${setting("split", "random")}, or other ${setting("ratios")}`,
    );
  }
  return labels;
}
