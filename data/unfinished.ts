/**
 * Temporary files and folders that this process is writing, so that whoever ends it can remove them.
 *
 * @module
 */

const paths = new Set<string>();
let observe: (isWriting: boolean) => void = () => {};

/**
 * Notes a temporary file or folder as soon as it is there.
 *
 * @param path Its place.
 */
export function beginUnfinished(path: string): void {
  paths.add(path);
  if (paths.size === 1) observe(true);
}

/**
 * Forgets one that got its name, or is removed.
 *
 * @param path Its place.
 */
export function endUnfinished(path: string): void {
  if (paths.delete(path) && paths.size === 0) observe(false);
}

/**
 * Tells when the first temporary file comes and the last one goes; the library itself listens to no
 * signal.
 *
 * @param observer Told whether something is being written; one at a time.
 */
export function observeUnfinished(observer: (isWriting: boolean) => void): void {
  observe = observer;
}

/** Removes what is not finished: the process is about to end. */
export function removeUnfinished(): void {
  for (const path of paths) {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch {
      // It has got its name meanwhile, or the next writer of that name clears it.
    }
  }
}
