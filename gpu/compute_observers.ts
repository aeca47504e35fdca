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
  /** Seconds that it will still take, more or less; missing where that cannot be told. */
  readonly secondsLeft?: number;
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
 * @returns To be told how many parts are done.
 */
export function progressOf(
  what: string,
  all: number,
  onProgress: ComputeObservers["onProgress"],
): ((done: number) => void) | undefined {
  if (onProgress === undefined) return undefined;
  let first: { readonly done: number; readonly at: number } | undefined;
  let isTold = false;
  return (done) => {
    // What is done at once is not told of.
    if (done === 0 || done === all && !isTold) return;
    const at = performance.now();
    // The first parts take longer than the others: a driver compiles what it has put off.
    if (first === undefined) {
      first = { done, at };
      return;
    }
    isTold = true;
    const secondsLeft = (at - first.at) / 1000 / (done - first.done) * (all - done);
    onProgress({ what, share: done / all, secondsLeft });
  };
}
