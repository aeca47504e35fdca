/**
 * Runs steps as tasks of array jobs on Slurm. The steps, who runs them, and what came of them are files in a folder
 * that all machines share; nothing else passes between them.
 *
 * @module
 */
import { resolve } from "node:path";
import type { TrialEngine } from "../trials/engine.ts";
import { JobWatch, mostTasks } from "./job_watch.ts";
import { patient, type SlurmOptions } from "./slurm_options.ts";
import { slurmPrograms } from "./slurm_programs.ts";

/**
 * An engine that lets Slurm run each step as a task of an array job.
 *
 * A step whose task has ended without an outcome goes to another task, and is given up where that happens again and
 * again (lost_steps.ts). The jobs of an engine that was killed are found again, by the folder that they work in.
 *
 * @param options How it is set up.
 * @returns Its `run()` throws a {@linkcode BandpassError} where Slurm is absent, refuses a job or does not answer,
 * where nothing happens for too long, and where one job after the other ends without any result.
 */
export function slurmEngine(options: SlurmOptions): TrialEngine {
  const { slurm = slurmPrograms, patience = patient, onNote = () => {} } = options;
  return {
    width: mostTasks,
    async run(folder, steps, onOutcome) {
      const watch = { ...options, slurm, patience, onNote };
      await new JobWatch(watch, resolve(folder), onOutcome).run(steps);
    },
  };
}
