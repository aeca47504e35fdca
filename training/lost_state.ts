/**
 * A run whose state is lost.
 *
 * @module
 */
import { DataError } from "../errors.ts";

/**
 * Refuses to begin a run anew that is beyond its first epoch: `last.safetensors` was written after that, and
 * what is left of the run would be written over.
 *
 * @param path The folder of a run without `last.safetensors`.
 * @param epochs The epochs that it has done.
 * @throws {DataError} They are more than one.
 */
export function refuseLostState(path: string, epochs: number): void {
  if (epochs <= 1) return;
  throw new DataError(
    `Cannot resume "${path}": "${path}/last.safetensors" is missing, and the run has done ` +
      `${epochs} epochs`,
    ({ setting }) =>
      "Restore it from an intact copy, or start a new run with " +
      setting("config", `${path}/config.json`),
  );
}
