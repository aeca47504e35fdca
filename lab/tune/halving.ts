/**
 * Synchronous successive halving: all trials get a few epochs, the best third of them three times as many, and so
 * on (Karnin et al., ICML 2013; Jamieson and Talwalkar, AISTATS 2016, with η = 3).
 *
 * Who goes on is decided when all of a rung have come to its end, by validation alone and, of equals, by number: so
 * it is the same whatever runs them, and in whatever order.
 *
 * @module
 */
import { stoppingMetric } from "../../training/training_result.ts";
import type { TrialOutcome } from "../trials/trial.ts";

/** η: of how many trials one goes on, and how many times as many epochs it then has. */
const reduction = 3;

/** Rungs at most. */
const mostRungs = 4;

/**
 * The epochs that trials have at most at each rung.
 *
 * @param most Those of the last one.
 * @example
 * ```ts
 * import { rungEpochs } from "./halving.ts";
 * rungEpochs(100); // [4, 12, 34, 100]
 * rungEpochs(2); // [1, 2]
 * ```
 */
export function rungEpochs(most: number): number[] {
  const epochs = Array.from(
    { length: mostRungs },
    (_, n) => Math.ceil(most / reduction ** (mostRungs - 1 - n)),
  );
  return [...new Set(epochs)];
}

/**
 * How many trials go on from a rung.
 *
 * @param count How many it has.
 * @param fewest How many go on at least, where there are so many.
 */
export function promotedCount(count: number, fewest: number): number {
  return Math.min(count, Math.max(fewest, Math.floor(count / reduction)));
}

/** A trial that has come to the end of a rung. */
export interface Ranked {
  /** Its number. */
  readonly number: number;
  /** What came of it. */
  readonly outcome: TrialOutcome;
}

/**
 * Validation Recall@20.
 *
 * @param outcome What came of a trial.
 * @returns Nothing where it failed, or has no such metric.
 */
export function scoreOf({ status, validation }: TrialOutcome): number | undefined {
  return status === "finished" ? validation?.[stoppingMetric] : undefined;
}

/**
 * Trials with a score, the best first; of equals the one with the smaller number.
 *
 * @param trials The trials, in any order.
 */
export function bestFirst<Trial extends Ranked>(trials: readonly Trial[]): Trial[] {
  return trials.filter(({ outcome }) => scoreOf(outcome) !== undefined)
    .toSorted((a, b) => scoreOf(b.outcome)! - scoreOf(a.outcome)! || a.number - b.number);
}
