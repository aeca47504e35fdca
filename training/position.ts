/**
 * Where a training stands, and how that is read: every number is one that a training writes.
 *
 * @module
 */
import { counted } from "../data/counts.ts";
import { DataError } from "../errors.ts";
import type { TrainingJob } from "./job.ts";

/** Early stopping, as it stands after an evaluation. */
export interface StoppingState {
  /** The best validation score; −1, which any score is better than, before the first evaluation. */
  readonly bestScore: number;
  /** Its epoch, counted from 1; 0 before the first evaluation. */
  readonly bestEpoch: number;
  /** Evaluations since then. */
  readonly withoutBetter: number;
}

/** Where a training stands, beside the arrays on the device. */
export interface TrainingPosition {
  /** Epochs that are done. */
  readonly epoch: number;
  /** Steps of the next epoch that are done. */
  readonly epochStep: number;
  /** Early stopping. */
  readonly stopping: StoppingState;
  /** Seconds that those steps took. */
  readonly epochSeconds: number;
}

/** Where a training stands, and how far it was to go. */
export interface SavedPosition extends TrainingPosition {
  /** Epochs at most; nothing in states of before this was kept. */
  readonly epochs?: number;
}

/** Where a training begins. */
export const newPosition: TrainingPosition = {
  epoch: 0,
  epochStep: 0,
  stopping: { bestScore: -1, bestEpoch: 0, withoutBetter: 0 },
  epochSeconds: 0,
};

/** Why a training can have ended, beside a lack of improvement. */
export const stopReasons = {
  /** It was not stopped early. */
  maximumEpochs: "maximum epochs",
  /** The model has no parameters. */
  computed: "computed",
} as const;

/**
 * Why a training ends at a position; nothing where it goes on.
 *
 * @param position Where it stands.
 * @param job How many epochs it may take, and how many in a row without a better one.
 */
export function stopReason(
  { epoch, stopping: { withoutBetter } }: TrainingPosition,
  { epochs, settings: { patience } }: Pick<TrainingJob, "epochs" | "settings">,
): string | undefined {
  if (withoutBetter > patience) return `no improvement for ${counted(withoutBetter, "epoch")}`;
  return epoch < epochs ? undefined : stopReasons.maximumEpochs;
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && value as number >= 0;
const isFinite = (value: unknown) => Number.isFinite(value);

/** What each value must be, by its key. */
const positionKeys = {
  epoch: isCount,
  epochStep: isCount,
  stopping: (value: unknown) => isRecordOf(value, stoppingKeys),
  epochSeconds: (value: unknown) => isFinite(value) && value as number >= 0,
};
const stoppingKeys = {
  // A score is a mean of shares; −1 stands for none.
  bestScore: (value: unknown) => isFinite(value) && value as number >= -1 && value as number <= 1,
  bestEpoch: isCount,
  withoutBetter: isCount,
};

/** Whether an object has these keys alone, all of them, each with a value of its kind. */
function isRecordOf(
  value: unknown,
  keys: Readonly<Record<string, (value: unknown) => boolean>>,
): boolean {
  return typeof value === "object" && value !== null &&
    Object.keys(value).length === Object.keys(keys).length &&
    Object.entries(keys).every(([key, fits]) =>
      Object.hasOwn(value, key) && fits((value as Record<string, unknown>)[key])
    );
}

/**
 * Reads a position.
 *
 * @param text What a state says.
 * @param path The file, for messages.
 * @throws {DataError} It is no position: a key is unknown or missing, or a value is none that there is.
 */
export function parsePosition(text: string | undefined, path: string): SavedPosition {
  let found: Partial<SavedPosition> = {};
  try {
    found = Object(JSON.parse(text ?? ""));
  } catch {
    // It is not JSON, and has no keys.
  }
  const { epochs, ...rest } = found;
  const fits = isRecordOf(rest, positionKeys) &&
    (!Object.hasOwn(found, "epochs") || isCount(epochs) && epochs! > 0);
  const { epoch = 0, stopping } = found;
  const isPossible = fits && stopping!.bestEpoch <= epoch &&
    stopping!.bestEpoch + stopping!.withoutBetter === epoch;
  if (isPossible) return found as SavedPosition;
  throw new DataError(
    `Cannot use "${path}": its position is ${String(text).slice(0, 200)}, which no training has`,
    "Restore the file from an intact copy, or train again",
  );
}
