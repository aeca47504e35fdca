/**
 * Looks whether a run has changed: by its name another folder is meant, or its files are others. A run that is being
 * trained, or whose training was cut short, has no result yet, and is not looked at.
 *
 * @module
 */
import { projectFolder, standingFolder } from "../common/paths.ts";
import { findRun } from "../common/run_reference.ts";

/** Files of a run that what is served depends on: the first is there from its beginning, the last at its end. */
const files = ["config.json", "run.json", "best.safetensors", "result.json"];

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
    const now = stateOf(run) ?? served;
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

/** Where the run is, and when its files were written; nothing where its training has not come to an end. */
function stateOf(run: string): string | undefined {
  const path = findRun(run, standingFolder(), projectFolder.replace(/\/$/, ""))?.path;
  const states = files.map((name) => stateOfFile(`${path}/${name}`));
  if (states[0] !== none && states.at(-1) === none) return undefined;
  return JSON.stringify([path, states]);
}

/** The state of a file that is not there. */
const none = "none";

function stateOfFile(path: string): string {
  try {
    const { mtime, size, ino } = Deno.statSync(path);
    return `${mtime?.getTime()} ${size} ${ino}`;
  } catch {
    return none;
  }
}
