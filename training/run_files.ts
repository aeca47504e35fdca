/**
 * The files that a run's folder may hold.
 *
 * @module
 */

import { finalName } from "../data/temporary.ts";
import type { Mask } from "../evaluation/ranking.ts";

const splits = ["valid", "test"] as const;
const masks: readonly Mask[] = ["train", "train+valid"];

/**
 * The name of the file that `evaluate` keeps the metrics of each user in.
 *
 * @param split Whose items are held out.
 * @param mask Whose items are no candidates.
 * @example
 * ```ts
 * import { userMetricsFile } from "./run_files.ts";
 * userMetricsFile("test", "train"); // "users_test_train.parquet"
 * ```
 */
export function userMetricsFile(split: typeof splits[number], mask: Mask): string {
  return `users_${split}_${mask}.parquet`;
}

/** Their names. */
export const runFiles: readonly string[] = [
  ...["run.json", "config.json", "environment.json", "result.json", "owner.json"],
  ...["metrics.jsonl", "metrics.sha256", "diagnostics.jsonl", "diagnostics.sha256"],
  ...["best.safetensors", "best.former.safetensors", "last.safetensors"],
  ...splits.flatMap((split) => masks.map((mask) => userMetricsFile(split, mask))),
];

/**
 * Whether Bandpass writes a file of such a name in a run, be it for a moment.
 *
 * @param name The name.
 * @example
 * ```ts
 * import { isRunFile } from "./run_files.ts";
 * isRunFile("metrics.jsonl"); // true
 * isRunFile("notes.txt"); // false
 * ```
 */
export function isRunFile(name: string): boolean {
  return runFiles.includes(finalName(name));
}
