/**
 * What `run-trial` does with what it is asked for.
 *
 * @module
 */
import { datasetFolder, readDataset } from "../../data/folder.ts";
import { InterruptedError } from "../../errors.ts";
import { assertPlaceData, readPlace } from "../../lab/slurm/place_file.ts";
import { runTask } from "../../lab/slurm/run_task.ts";
import { trialName } from "../../lab/trials/outcome_file.ts";
import { openDevice } from "../common/device.ts";
import { cacheFolder } from "../common/graph_cache.ts";
import { Interruption } from "../common/interruption.ts";
import { note } from "../common/note.ts";
import { openedPath, userPath } from "../common/paths.ts";
import type { TrialRequest } from "./trial_command.ts";

/**
 * Runs a trial that no other task has, if there is one.
 *
 * @param request What it is asked for.
 */
export async function runTrialTask({ folder: named, worker }: TrialRequest): Promise<void> {
  const folder = userPath(named);
  const place = await readPlace(folder);
  const data = openedPath(place.data_dir);
  const dataset = await readDataset(await datasetFolder(data, place.dataset), note);
  assertPlaceData(folder, place, dataset);
  const gpu = await openDevice(place.adapter);
  using interruption = new Interruption("saving the training", note);
  try {
    const { signal } = interruption;
    const { data_dir: dataDirectory, eval_users: evalUsers } = place;
    const here = { gpu, dataset, dataDirectory, evalUsers, cache: cacheFolder, onNote: note };
    const done = await runTask({ ...here, signal }, folder, worker).catch((error) => {
      if (!(error instanceof InterruptedError)) throw error;
      throw new InterruptedError(error.message, "The next task goes on with it");
    });
    if (done === undefined) return note("No trial waits");
    const { step, outcome: { status, epochs, reason, seconds } } = done;
    note(
      `Trial ${trialName(step.number)} ${status} after ${epochs} of ${step.epochs} epochs ` +
        `(${reason}) in ${seconds.toFixed(1)} s on ${worker.node}`,
    );
  } finally {
    await gpu.close();
  }
}
