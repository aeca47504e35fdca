/**
 * What training gives a recommender, however it was done.
 *
 * @module
 */
import type { Configuration } from "../training/configuration.ts";
import type { TrainingResult, UntestedResult } from "../training/training_result.ts";
import type { LoadedModel } from "./loaded_model.ts";
import type { DeviceOptions } from "./options.ts";

/** A trained or computed model, and what came of it. */
export interface Made<Result extends UntestedResult = TrainingResult> {
  /** The model on the device. */
  readonly loaded: LoadedModel;
  /** What it was trained with, found settings among them. */
  readonly configuration: Configuration;
  /** Its epochs and metrics. */
  readonly result: Result;
  /** What was told of its preparation. */
  readonly notes: readonly string[];
}

/**
 * Collects what a user is told of the preparation, for the run to keep.
 *
 * @param options Who else is told, and where graphs are kept.
 */
export function noting({ cache: folder, onNote }: Pick<DeviceOptions, "cache" | "onNote">) {
  const notes: string[] = [];
  const note = (text: string) => {
    notes.push(text);
    onNote?.(text);
  };
  return { notes, note, cache: folder === undefined ? undefined : { folder, note } };
}
