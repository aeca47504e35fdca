/**
 * What a task of an array job does: it takes one step that nobody has, and runs it.
 *
 * @module
 */
import { readOutcome, trialPath, writeOutcome } from "../trials/outcome_file.ts";
import { runTrial } from "../trials/run_trial.ts";
import type { TrialOutcome, TrialPlace, TrialStep } from "../trials/trial.ts";
import { claimStep, releaseStep, type Worker } from "./claims.ts";
import { readManifest } from "./manifest.ts";

/** What a task has done. */
export interface TaskDone {
  /** The step that it has run. */
  readonly step: TrialStep;
  /** What came of it. */
  readonly outcome: TrialOutcome;
}

/**
 * Runs the first step of the manifest that has no outcome and is no other task's, and leaves its outcome as the
 * local engine does.
 *
 * A claim stays where the process is killed, and with an outcome, where it tells who has run the step.
 *
 * @param place Where it is run.
 * @param folder The folder of all trials.
 * @param worker The task.
 * @returns Nothing where no step was left.
 * @throws {InterruptedError} The signal is aborted; the training's state is saved, and the step is free again.
 */
export async function runTask(
  place: TrialPlace,
  folder: string,
  worker: Worker,
): Promise<TaskDone | undefined> {
  for (const step of await readManifest(folder)) {
    const isOurs = await readOutcome(folder, step) === undefined &&
      await claimStep(folder, step, worker);
    if (!isOurs) continue;
    try {
      const outcome = await runTrial(place, step, trialPath(folder, step.number));
      await writeOutcome(folder, step, outcome);
      return { step, outcome };
    } catch (error) {
      await releaseStep(folder, step, worker.task);
      throw error;
    }
  }
}
