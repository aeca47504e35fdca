/**
 * The files that a run's folder may hold.
 *
 * @module
 */

/** Their names. */
export const runFiles: readonly string[] = [
  ...["run.json", "config.json", "environment.json", "result.json", "owner.json"],
  ...["metrics.jsonl", "metrics.sha256", "diagnostics.jsonl", "diagnostics.sha256"],
  ...["best.safetensors", "best.former.safetensors", "last.safetensors"],
];

/**
 * Whether a training writes a file of such a name, be it for a moment.
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
  return runFiles.includes(name.replace(/\.[0-9a-f]{16}\.tmp$/, ""));
}
