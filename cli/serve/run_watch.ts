/**
 * Looks whether a run has changed: by its name another folder is meant, or its files are others.
 *
 * @module
 */
import { projectFolder, standingFolder } from "../common/paths.ts";
import { findRun } from "../common/run_reference.ts";

/** Files of a run that what is served depends on. */
const files = ["run.json", "config.json", "best.safetensors", "result.json"];

/** Milliseconds between two looks. */
const interval = 2000;

/**
 * Looks again and again.
 *
 * @param run The run, as the user named it.
 * @param changed Called where it has changed, and has stayed as it is for one look.
 * @returns Stops looking.
 */
export function watchRun(run: string, changed: () => void): Disposable {
  let served = stateOf(run);
  let seen = served;
  const timer = setInterval(() => {
    const now = stateOf(run);
    // Whoever writes a run writes one file after the other.
    if (now === seen && now !== served) {
      served = now;
      changed();
    }
    seen = now;
  }, interval);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

/** Where the run is, and when its files were written. */
function stateOf(run: string): string {
  const path = findRun(run, standingFolder(), projectFolder.replace(/\/$/, ""))?.path;
  const states = files.map((name) => {
    try {
      const { mtime, size, ino } = Deno.statSync(`${path}/${name}`);
      return `${mtime?.getTime()} ${size} ${ino}`;
    } catch {
      return "none";
    }
  });
  return JSON.stringify([path, states]);
}
