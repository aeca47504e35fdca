/**
 * What runs steps of trials. Who decides which steps there are, and who records them, knows no more of it.
 *
 * @module
 */
import { refuseAborted } from "../../errors.ts";
import { readOutcome, trialPath, writeOutcome } from "./outcome_file.ts";
import { runTrial } from "./run_trial.ts";
import type { TrialOutcome, TrialPlace, TrialStep } from "./trial.ts";

/** Told of each step that has come to its end. */
export type OnOutcome = (step: TrialStep, outcome: TrialOutcome) => void | Promise<void>;

/** Runs steps, be it in this process or on a cluster. */
export interface TrialEngine {
  /** How many steps it runs at a time. */
  readonly width: number;
  /**
   * Runs the steps that have no outcome yet, in any order; when it returns, all have one.
   *
   * @param folder The folder of all trials.
   * @param steps The steps.
   * @param onOutcome Told of each that this call has run.
   * @throws {InterruptedError} It is interrupted; what has an outcome keeps it.
   */
  run(folder: string, steps: readonly TrialStep[], onOutcome: OnOutcome): Promise<void>;
}

/**
 * An engine that runs one step after the other in this process.
 *
 * @param place Where trials are run.
 */
export function localEngine(place: TrialPlace): TrialEngine {
  return {
    width: 1,
    async run(folder, steps, onOutcome) {
      for (const step of steps) {
        if (await readOutcome(folder, step) !== undefined) continue;
        refuseAborted(place.signal);
        const outcome = await runTrial(place, step, trialPath(folder, step.number));
        await writeOutcome(folder, step, outcome);
        await onOutcome(step, outcome);
      }
    },
  };
}
