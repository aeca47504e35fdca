/**
 * What a training that is interrupted says.
 *
 * @module
 */
import { InterruptedError } from "../errors.ts";
import type { TrainingPosition } from "./position.ts";
import type { TrainingStore } from "./training_store.ts";

/**
 * The error of a training whose signal is aborted.
 *
 * @param store Where its state is saved, if it is.
 * @param position Where it stands.
 * @param signal The signal; its reason may be the name of what aborted it.
 */
export function interrupted(
  { path }: TrainingStore,
  { epoch, epochStep }: TrainingPosition,
  signal: AbortSignal | undefined,
): InterruptedError {
  const reason = typeof signal?.reason === "string" ? ` by ${signal.reason}` : "";
  const place = epochStep === 0 ? `after epoch ${epoch}` : `in epoch ${epoch + 1}`;
  return path === undefined
    ? new InterruptedError(
      `Interrupted${reason} ${place}; nothing is saved`,
      'Train again; set "run" to a folder to save the state in it',
    )
    : new InterruptedError(
      `Interrupted${reason} ${place}; the state is saved`,
      ({ command }) => `Resume with: ${command("train", { resume: path })}`,
    );
}
