/**
 * What a training is told, reports and gives.
 *
 * @module
 */
import type { Metrics } from "../evaluation/metrics.ts";
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import type { SettingValue } from "../models/settings.ts";
import type { StoppingState } from "./position.ts";

/** The validation score that early stopping follows. */
export const stoppingMetric = "recall@20";

/** What a training reports after each epoch. */
export interface EpochProgress {
  /** The epoch. */
  readonly line: EpochLine;
  /** Early stopping after it. */
  readonly stopping: StoppingState;
  /** All epochs so far, those of former sessions included; this one is the last. */
  readonly lines: readonly EpochLine[];
}

/** Settings that a search tried. */
export interface TriedSettings {
  /** Those that are searched for, with the values that were tried. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** Recall@20 on the validation split; nothing where the model could not be computed with them. */
  readonly recall?: number;
  /** Why it could not. */
  readonly failure?: string;
}

/** What a training gave. */
export interface TrainingResult {
  /** Epochs that were run, in all sessions. */
  readonly epochs: number;
  /** Why it ended, such as `no improvement for 21 epochs`. */
  readonly stopReason: string;
  /** Mean seconds of an epoch's training, evaluation not counted. */
  readonly secondsPerEpoch: number;
  /** The epoch of the best validation score, counted from 1. */
  readonly bestEpoch: number;
  /** Metrics of its parameters on the validation split. */
  readonly validation: Metrics;
  /** Metrics of its parameters on the test split. */
  readonly test: Metrics;
  /** What is known of each epoch. */
  readonly lines: readonly EpochLine[];
  /** What a search for settings tried, where there was one. */
  readonly search?: readonly TriedSettings[];
  /**
   * What the model told of its inside at each epoch; nothing of most models.
   *
   * @internal
   */
  readonly diagnostics: readonly DiagnosticLine[];
}

/** What a training gave that has not looked at the test split. */
export type UntestedResult = Omit<TrainingResult, "test">;

/**
 * Seconds of training, evaluation not counted.
 *
 * @param lines What is known of each epoch.
 */
export function secondsOf(lines: readonly EpochLine[]): number {
  return lines.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** How a training goes on, and who hears of it. */
export interface RunOptions {
  /** Whether to go on from the state that the store has. */
  readonly resume?: boolean;
  /** Ends the training after the step that it is in, with its state saved. */
  readonly signal?: AbortSignal;
  /** Told of every epoch. */
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** Told how a ranking stands that takes long. */
  readonly onProgress?: ComputeObservers["onProgress"];
}
