/**
 * The options of `preprocess` that say how rows are split.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { readPoint, readSpan } from "../../data/ingest/given_time.ts";
import { type CoreRule, coreRules } from "../../data/ingest/prepare.ts";
import {
  type Ratios,
  type SplitOptions,
  type SplitRule,
  splitRules,
} from "../../data/ingest/split.ts";
import { UsageError } from "../../errors.ts";
import { integer } from "../common/integer_option.ts";
import { ratios, seed } from "./option_values.ts";

const defaultRatios: Ratios = [0.8, 0.1, 0.1];

/** `--split` and what goes with it. */
export const splitOptions = {
  split: new Option(
    "--split <rule>",
    "random: each user's rows, shuffled; user-time: each user's rows, oldest first; " +
      "leave-last: each user's last row for test, the one before for validation; " +
      "global-time: all rows, at two points in time",
  ).choices(splitRules).default("random" as const),
  ratios: new Option(
    "--ratios <train,valid,test>",
    "Shares of the splits (default: 0.8,0.1,0.1)",
  ).argParser(ratios),
  seed: new Option("--seed <number>", "Random seed, for --split random (default: 0)")
    .argParser(seed),
  last: new Option(
    "--last <number>",
    "For --split leave-last: rows of each user for test, and as many for validation (default: 1)",
  ).argParser((text) => integer("last", text, 999)),
  validFrom: new Option(
    "--valid-from <time>",
    "For --split global-time: where validation begins, such as 2024-05-01",
  ).argParser((text) => point("valid-from", text)),
  testFrom: new Option("--test-from <time>", "For --split global-time: where test begins")
    .argParser((text) => point("test-from", text)),
  gap: new Option(
    "--gap <duration>",
    "For --split global-time: leave out rows so long before validation begins, such as 7d or 12h",
  ).argParser(span),
  coreRows: new Option(
    "--core-rows <which>",
    "Rows that --k-core counts: all, or train rows alone, so that nothing held out decides what is " +
      "kept (default: train for --split global-time, otherwise all)",
  ).choices(coreRules),
};

/** What the user typed of them. */
export interface TypedSplit {
  /** The rule. */
  readonly split: SplitRule;
  /** The shares. */
  readonly ratios?: Ratios;
  /** The seed. */
  readonly seed?: number;
  /** A user's last rows. */
  readonly last?: number;
  /** Where validation begins. */
  readonly validFrom?: number;
  /** Where test begins. */
  readonly testFrom?: number;
  /** Seconds left out before that. */
  readonly gap?: number;
  /** What the k-core counts. */
  readonly coreRows?: CoreRule;
  /** Rows of each user and item. */
  readonly kCore: number;
}

/**
 * How rows are to be split and which of them the k-core counts, with the defaults.
 *
 * @param typed What the user typed.
 * @throws {UsageError} Some of it has no effect with the rest, or contradicts it.
 * @example
 * ```ts
 * import { splitRequest } from "./split_options.ts";
 * splitRequest({ split: "global-time", kCore: 5 }).coreRows; // "train"
 * ```
 */
export function splitRequest(typed: TypedSplit): { split: SplitOptions; coreRows: CoreRule } {
  const { split: rule, last, validFrom, testFrom, gap, kCore } = typed;
  refuseWith(rule, "random", "seed", typed.seed);
  refuseWith(rule, "leave-last", "last", last);
  refuseWith(rule, "global-time", "valid-from", validFrom);
  refuseWith(rule, "global-time", "test-from", testFrom);
  refuseWith(rule, "global-time", "gap", gap);
  if (rule === "leave-last") refuse("ratios", typed.ratios, `--split ${rule}`, "use another split");
  if (kCore === 1) refuse("core-rows", typed.coreRows, "--k-core 1", "set a larger --k-core");
  if ((validFrom === undefined) !== (testFrom === undefined)) {
    const [given, missing] = validFrom === undefined
      ? ["test-from", "valid-from"]
      : ["valid-from", "test-from"];
    throw new UsageError(
      `Cannot use --${given} without --${missing}: validation and test each need a beginning`,
      `Add --${missing} TIME`,
    );
  }
  const points = validFrom === undefined ? undefined : { validFrom, testFrom: testFrom! };
  if (points !== undefined) {
    refuse("ratios", typed.ratios, "--valid-from and --test-from", "leave these out");
    if (points.validFrom >= points.testFrom) {
      throw new UsageError(
        "Cannot use --valid-from: it is not before --test-from, so no validation rows would be left",
        "Give validation the time before test",
      );
    }
  }
  return {
    split: {
      rule,
      ratios: typed.ratios ?? defaultRatios,
      seed: typed.seed ?? 0,
      ...{ last, points, gap },
    },
    coreRows: typed.coreRows ?? (rule === "global-time" && kCore > 1 ? "train" : "all"),
  };
}

function refuseWith(rule: SplitRule, needed: SplitRule, option: string, value: unknown): void {
  if (rule !== needed) refuse(option, value, `--split ${rule}`, `use --split ${needed}`);
}

function refuse(option: string, value: unknown, beside: string, instead: string): void {
  if (value === undefined) return;
  throw new UsageError(
    `Cannot use --${option} with ${beside}: it would have no effect`,
    `Leave it out, or ${instead}`,
  );
}

function point(option: string, text: string): number {
  const seconds = readPoint(text);
  if (seconds !== undefined) return seconds;
  throw new UsageError(
    `Cannot use --${option} "${text}": expected a date, a time or a Unix epoch`,
    `For example: --${option} 2024-05-01, or 2024-05-01T12:00:00+02:00`,
  );
}

function span(text: string): number {
  const seconds = readSpan(text);
  if (seconds !== undefined) return seconds;
  throw new UsageError(
    `Cannot use --gap "${text}": expected a number and a unit (s, m, h, d or w)`,
    "For example: --gap 7d",
  );
}
