/**
 * How the engine for Slurm is set up.
 *
 * @module
 */
import type { SharedPlace } from "./place_file.ts";
import type { Slurm } from "./slurm_programs.ts";

/** How long the engine waits, in seconds. */
export interface Patience {
  /** Between looks at Slurm: first, and up to which it is doubled while nothing changes. */
  readonly pauses: readonly [first: number, most: number];
  /** While Slurm does not answer. */
  readonly unreachable: number;
  /** While no task begins or ends. */
  readonly quiet: number;
}

const hour = 3600;

/** Half an hour for Slurm to answer, two days for a task to begin or end. */
export const patient: Patience = {
  pauses: [2, 30],
  unreachable: 0.5 * hour,
  quiet: 48 * hour,
};

/** How the engine is set up. */
export interface SlurmOptions {
  /** Where trials are run. */
  readonly place: SharedPlace;
  /** The line of a shell that runs a task in a folder of trials, as far as the name of the task, which follows it. */
  readonly command: (folder: string) => string;
  /** Further arguments of `sbatch` (default: none). */
  readonly sbatchArguments?: readonly string[];
  /** Told what becomes of the jobs. */
  readonly onNote?: (text: string) => void;
  /** Ends the watch and the jobs. */
  readonly signal?: AbortSignal;
  /** Slurm (default: by its programs). */
  readonly slurm?: Slurm;
  /** How long it waits (default: {@linkcode patient}). */
  readonly patience?: Patience;
}
