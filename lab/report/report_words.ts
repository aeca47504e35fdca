/**
 * Words that all parts of a report use.
 *
 * @module
 */
import type { ReportedRun } from "./reported_run.ts";

/**
 * How a run is doing.
 *
 * @param run The run.
 */
export function stateOf({ isTraining, result }: ReportedRun): string {
  if (isTraining) return "training";
  if (result === undefined) return "ended without a result";
  return result.status === "finished" && result.test === null
    ? "finished, not tested"
    : result.status;
}
