/**
 * The parameters of a run's best epoch.
 *
 * @module
 */
import type { SetParameters } from "../../evaluation/rank_split.ts";
import { isTrained, modelNamed } from "../../models/registry.ts";
import { restoreParameters } from "../../training/checkpoint.ts";
import type { RunFolder } from "../../training/run_folder.ts";

/**
 * Reads `best.safetensors`; nothing for a model without parameters.
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
  const file = await folder.checkpoint("best");
  return (memory, parameters) =>
    restoreParameters(memory, parameters, file, folder.checkpointPath("best"));
}
