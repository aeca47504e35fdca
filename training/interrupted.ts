/**
 * What a training that is interrupted says.
 *
 * @module
 */
import { InterruptedError } from "../errors.ts";
import type { TrainingStore } from "./training_store.ts";

/**
 * The error of a training whose signal is aborted.
 *
 * @param store Where its state is saved, if it is.
 * @param signal The signal; its reason may be the name of what aborted it.
 */
export function interrupted(
  store: TrainingStore,
  signal: AbortSignal | undefined,
): InterruptedError {
  const reason = typeof signal?.reason === "string" ? ` by ${signal.reason}` : "";
  return store.statePath === undefined
    ? new InterruptedError(
      `Interrupted${reason}; nothing is saved`,
      'Train again; set "run" to a folder to have the state saved in it',
    )
    : new InterruptedError(
      `Interrupted${reason}; the state is saved in "${store.statePath}"`,
      "Resume the run by the command train",
    );
}
