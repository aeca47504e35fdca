/**
 * Looks whether a run has changed: by its name another folder is meant, or its files are others. A run that is being
 * trained, or whose training did not come to its end, is not looked at.
 *
 * @module
 */
import { readResult } from "../../training/result_file.ts";
import { openedPath, projectFolder, standingFolder } from "../common/paths.ts";
import { findRun } from "../common/run_reference.ts";

/** Files of a run that what is served depends on; each run has the first from its beginning. */
const files = ["config.json", "run.json", "best.safetensors", "result.json"];

/** Milliseconds between two looks. */
const interval = 2000;

/** Looks at a run until it is disposed of. */
export interface RunWatch extends Disposable {
  /** The run is served as it is now, whoever asked for that. */
  served(): Promise<void>;
}

/**
 * Looks again and again.
 *
 * @param run The run, as the user named it.
 * @param changed Called where it has changed, and has stayed as it is for one look.
 */
export function watchRun(run: string, changed: () => void): RunWatch {
  let served: string | undefined;
  let seen: string | undefined;
  const look = async () => {
    const now = await stateOf(run);
    // Whoever writes a run writes one file after the other.
    if (now !== undefined && now === seen && now !== served) {
      served = now;
      changed();
    }
    seen = now;
  };
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look().finally(() => isLooking = false);
  }, interval);
  return {
    async served() {
      served = seen = await stateOf(run);
    },
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

/** Where the run is, and when its files were written; nothing where its training has not come to its end. */
async function stateOf(run: string): Promise<string | undefined> {
  const path = findRun(run, standingFolder(), projectFolder.replace(/\/$/, ""))?.path;
  const states = files.map((name) => stateOfFile(`${path}/${name}`));
  if (path !== undefined && states[0] !== none && !await hasFinished(path)) return undefined;
  return JSON.stringify([path, states]);
}

/** Whether it has; what is damaged is told of where it is loaded. */
async function hasFinished(path: string): Promise<boolean> {
  try {
    return (await readResult(openedPath(path)))?.status === "finished";
  } catch {
    return true;
  }
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
