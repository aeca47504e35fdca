/**
 * What block Lanczos is asked for, and what it tells and gives.
 *
 * @module
 */
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";

/** A symmetric operator on the device. */
export interface LanczosProblem {
  /** What it is; errors name it. */
  readonly label: string;
  /** Its size n. */
  readonly size: number;
  /** Appends `y = A·x` for x and y of `n×b`. */
  readonly append: (program: Program, x: Tensor, y: Tensor) => void;
  /** Known unit eigenvectors, `n` numbers each: the search leaves them out. */
  readonly known: readonly Float32Array[];
  /** The largest residual `‖Ay − θy‖` at which a pair (θ, y) is good. */
  readonly tolerance: (value: number) => number;
}

/** How the search is done. */
export interface LanczosOptions {
  /** Number of eigenpairs K, known ones not counted. */
  readonly eigenpairs: number;
  /** Columns of a block b, a multiple of 4 and at most 32. */
  readonly block: number;
  /** Columns of the basis m, a whole number of blocks, at least two more than K. */
  readonly basis: number;
  /** Decides on the first block. */
  readonly seed: number;
  /** The search fails after so many. */
  readonly restarts: number;
  /** Told how it goes, once a restart. */
  readonly onRestart?: (progress: LanczosProgress) => void;
  /** Ends it between two blocks. */
  readonly signal?: AbortSignal;
}

/** How a search stands. */
export interface LanczosProgress {
  /** Restarts done. */
  readonly restarts: number;
  /** Products of the operator with a vector. */
  readonly products: number;
  /** How many of the largest pairs are good, known ones counted. */
  readonly converged: number;
  /** The number wanted, known ones counted. */
  readonly eigenpairs: number;
  /** The largest residual of a wanted pair, relative to its tolerance. */
  readonly excess: number;
}

/** What a search found. */
export interface LanczosResult {
  /** K eigenvalues, descending. */
  readonly values: Float64Array;
  /** `n×K`, row-major: column k is the unit eigenvector of value k. */
  readonly vectors: Float32Array;
  /** Restarts done. */
  readonly restarts: number;
  /** Products of the operator with a vector. */
  readonly products: number;
}

/**
 * Tells how a search for eigenpairs stands. How long it takes depends on the gaps of the spectrum, and is not foretold.
 *
 * @param label What the graph is.
 * @param onProgress Told how it stands (default: nobody is told).
 * @returns To be told once a restart.
 */
export function searchProgress(
  label: string,
  onProgress: ComputeObservers["onProgress"],
): ((progress: LanczosProgress) => void) | undefined {
  return onProgress && (({ converged, eigenpairs }) =>
    onProgress({
      what: `Finding ${eigenpairs} eigenpairs of ${label}`,
      share: converged / eigenpairs,
    }));
}
