/**
 * The wait for a driver's compilers, which takes seconds where nothing is in its cache.
 *
 * @module
 */
import type { Training } from "../../training/training.ts";
import type { Progress } from "../common/progress.ts";

/** How a training is compiled. */
export interface Compiling {
  /** Where it is shown how many kernels are done. */
  readonly progress: Progress;
  /** Whether a line says in the end how many there were, and how long they took. */
  readonly verbose: boolean;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * Compiles what a training runs, and shows how far it is.
 *
 * @param training What will be run.
 * @param how Where it is shown.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function compileTraining(
  training: Training,
  { progress, verbose, signal }: Compiling,
): Promise<void> {
  const begun = performance.now();
  let kernels = 0;
  await training.compile({
    ...{ signal },
    onCompiled(compiled, all) {
      kernels = all;
      progress.show((columns) =>
        columns === undefined ? undefined : `Compiling ${compiled} of ${all} kernels`
      );
    },
  });
  progress.clear();
  if (!verbose) return;
  const seconds = (performance.now() - begun) / 1000;
  progress.note(`Compiled ${kernels} kernels in ${seconds.toFixed(1)} s`);
}
