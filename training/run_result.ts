/**
 * What came of a run: `result.json`, written when a training ends, however it ends.
 *
 * While a run trains, and after a process that was killed, there is none.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import type { Dataset } from "../data/dataset.ts";
import { DataError, DivergedError, InterruptedError } from "../errors.ts";
import type { Metrics } from "../evaluation/metrics.ts";
import { areNumbers } from "./epoch_line.ts";
import { checkedJsonText, parseCheckedJson } from "./checked_json.ts";
import type { EpochLine } from "./epoch_line.ts";
import { stopReasons, type TrainingPosition } from "./position.ts";
import { trainingProtocol } from "./training_protocol.ts";
import { secondsOf, type UntestedResult } from "./training_result.ts";

/** How a run can have ended. */
export const runStatuses = ["finished", "interrupted", "diverged", "failed"] as const;

/** How a run ended. */
export type RunStatus = typeof runStatuses[number];

/** What came of a run. Runs of the same command have the same, but for the seconds. */
export interface RunResult {
  /** How it was evaluated, in words. */
  readonly protocol: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** The random seed. */
  readonly seed: number;
  /** The adapter that computed it. */
  readonly adapter: string;
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** How it ended. */
  readonly status: RunStatus;
  /** Why it ended, such as `no improvement for 21 epochs`. */
  readonly stop_reason: string;
  /** Epochs that were trained, in all sessions. */
  readonly epochs: number;
  /** The epoch of the best validation score, counted from 1; `null` before the first evaluation. */
  readonly best_epoch: number | null;
  /** Metrics of its parameters on the validation split; `null` before the first evaluation. */
  readonly validation: Metrics | null;
  /**
   * Metrics of its parameters on the test split; `null` where the run did not finish, or finished without a look
   * at them, as the trials of a search do.
   */
  readonly test: Metrics | null;
  /** Seconds of training in all sessions, evaluation not counted. */
  readonly seconds: number;
  /** Mean seconds of an epoch; `null` before the end of the first. */
  readonly seconds_per_epoch: number | null;
}

/** What a value must be, by its key, in the order of the file. */
const fits: Readonly<Record<keyof RunResult, (value: unknown) => boolean>> = {
  protocol: isText,
  model: isText,
  dataset: isText,
  seed: isCount,
  adapter: isText,
  bandpass: isText,
  status: (value) => runStatuses.some((status) => status === value),
  stop_reason: isText,
  epochs: isCount,
  best_epoch: orNull(isCount),
  validation: orNull(areNumbers),
  test: orNull(areNumbers),
  seconds: isLength,
  seconds_per_epoch: orNull(isLength),
};

/** What a result is of. */
export interface ResultSubject {
  /** The device. */
  readonly gpu: { readonly name: string };
  /** The dataset. */
  readonly dataset: Dataset;
  /** The model. */
  readonly definition: { readonly name: string };
  /** The random seed. */
  readonly seed: number;
  /** How many users validation ranks (default: all). */
  readonly evalUsers?: number;
}

/**
 * What came of a training that finished.
 *
 * @param subject What was trained.
 * @param result What the training gave; without test metrics where it has not looked at them.
 */
export function finishedResult(
  subject: ResultSubject,
  result: UntestedResult & { readonly test?: Metrics },
): RunResult {
  const { stopReason, epochs, bestEpoch, validation, test = null, lines } = result;
  const split = test === null ? "valid" : "test";
  return {
    ...{ ...identityOf(subject, split, chosenIn(result)), status: "finished" },
    ...{ stop_reason: stopReason, epochs },
    ...{ best_epoch: bestEpoch, validation, test, ...timesOf(lines) },
  };
}

/**
 * What came of a training that did not finish.
 *
 * @param subject What was trained.
 * @param error What ended it.
 * @param position Where it stood.
 * @param lines What is known of its epochs.
 */
export function unfinishedResult(
  subject: ResultSubject,
  error: unknown,
  { epoch, stopping: { bestEpoch } }: TrainingPosition,
  lines: readonly EpochLine[],
): RunResult {
  const [status, stop_reason]: [RunStatus, string] = error instanceof InterruptedError
    ? ["interrupted", "interrupted"]
    : [
      error instanceof DivergedError ? "diverged" : "failed",
      error instanceof Error ? error.message : String(error),
    ];
  return {
    ...{ ...identityOf(subject), status, stop_reason, epochs: epoch },
    ...{ best_epoch: bestEpoch || null, validation: lines[bestEpoch - 1]?.validation ?? null },
    ...{ test: null, ...timesOf(lines) },
  };
}

/** What validation has chosen of a model without epochs. */
function chosenIn({ stopReason, search = [] }: UntestedResult): string | undefined {
  if (stopReason !== stopReasons.computed) return undefined;
  return search.length === 0 ? "" : Object.keys(search[0].settings).join(", ");
}

function identityOf(
  { gpu, dataset, definition, seed, evalUsers }: ResultSubject,
  split?: "valid" | "test",
  chosen?: string,
) {
  const names = { model: definition.name, dataset: dataset.name, seed, adapter: gpu.name };
  return {
    protocol: trainingProtocol(dataset, split, chosen, evalUsers),
    ...names,
    bandpass: manifest.version,
  };
}

function timesOf(lines: readonly EpochLine[]) {
  const seconds = secondsOf(lines);
  return { seconds, seconds_per_epoch: lines.length === 0 ? null : seconds / lines.length };
}

/**
 * The text of `result.json`, with a checksum.
 *
 * @param result What came of the run.
 */
export function resultText(result: RunResult): string {
  const keys = Object.keys(fits) as (keyof RunResult)[];
  return checkedJsonText(Object.fromEntries(keys.map((key) => [key, result[key]])));
}

/**
 * What `result.json` says.
 *
 * @param text Its text.
 * @param path Its place, for messages.
 * @throws {DataError} It is not what was written, or holds what no training writes.
 */
export function parseResult(text: string, path: string): RunResult {
  const found = parseCheckedJson(text, path, Object.keys(fits));
  const wrong = Object.entries(fits).find(([key, isSound]) => !isSound(found[key]));
  if (wrong === undefined) return found as unknown as RunResult;
  throw new DataError(
    `Cannot use "${path}": its "${wrong[0]}" is ${JSON.stringify(found[wrong[0]])}, which ` +
      "training never writes",
    "Restore it from an intact copy, or train again",
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && value as number >= 0;
}

function isLength(value: unknown): boolean {
  return Number.isFinite(value) && value as number >= 0;
}

function orNull(isSound: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === null || isSound(value);
}
