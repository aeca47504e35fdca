/**
 * How computations that take long stand, for whoever waits for them.
 *
 * @module
 */

/** How a computation that takes long stands. */
export interface ComputeProgress {
  /** What is done, such as `Inverting the matrix of 20,000×20,000 items`. */
  readonly what: string;
  /** The share of it that is done. */
  readonly share: number;
  /** Seconds that it will still take, more or less. */
  readonly secondsLeft: number;
}

/** Who watches a computation that takes long. */
export interface ComputeObservers {
  /** Ends it between two of its steps. */
  readonly signal?: AbortSignal;
  /** Told how it stands. */
  readonly onProgress?: (progress: ComputeProgress) => void;
}
