/**
 * The parameters of a run's best epoch.
 *
 * @module
 */
import type { SetParameters } from "../evaluation/rank_split.ts";
import { isTrained, modelNamed } from "../models/registry.ts";
import { restoreParameters } from "../training/checkpoint.ts";
import type { RunFolder } from "../training/run_folder.ts";

/**
 * What sets the parameters of `best.safetensors`; nothing for a model without parameters.
 *
 * @param folder The run.
 * @param model Its model.
 * @throws {BandpassError} The run has no best epoch yet.
 */
export async function bestParameters(
  folder: RunFolder,
  model: string,
): Promise<SetParameters | undefined> {
  if (!isTrained(modelNamed(model))) return undefined;
  // Opened twice: a run without it is refused before a device is opened, and no file stays open.
  using _ = await folder.openCheckpoint("best");
  return async (memory, parameters) => {
    using file = await folder.openCheckpoint("best");
    await restoreParameters(memory, parameters, file);
  };
}
