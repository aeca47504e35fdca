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

/**
 * Tells how a computation stands whose parts take about as long as each other.
 *
 * @param what What is done.
 * @param all How many parts there are.
 * @param onProgress Told how it stands (default: nobody is told).
 * @returns To be told how many parts are done; the time runs from now on.
 */
export function progressOf(
  what: string,
  all: number,
  onProgress: ComputeObservers["onProgress"],
): ((done: number) => void) | undefined {
  if (onProgress === undefined) return undefined;
  const started = performance.now();
  let isTold = false;
  return (done) => {
    // Nothing is known before the first part is done, and nothing has to be told of what is done at once.
    if (done === 0 || done === all && !isTold) return;
    isTold = true;
    const seconds = (performance.now() - started) / 1000;
    onProgress({ what, share: done / all, secondsLeft: seconds / done * (all - done) });
  };
}
