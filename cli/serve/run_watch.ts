/**
 * Looks whether a run has changed: by its name another folder is meant, or its files are others. A run that is being
 * trained, or whose training did not come to its end, is not looked at.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { readResult } from "../../training/result_file.ts";
import { openedPath, projectFolder, standingFolder } from "../common/paths.ts";
import { findRun } from "../common/run_reference.ts";

/** Files of a run that what is served depends on. */
const files = ["run.json", "config.json", "best.safetensors", "result.json"];

/** Milliseconds between two looks. */
const interval = 2000;

/** Looks at a run until it is disposed of. */
export interface RunWatch extends Disposable {
  /** The run is served as it is now, whoever asked for that. */
  served(): void;
}

/**
 * Looks again and again.
 *
 * @param run The run, as the user named it.
 * @param changed Called where it has changed, and has stayed as it is for one look.
 */
export function watchRun(run: string, changed: () => void): RunWatch {
  let served = lookAt(run).state;
  let seen = served;
  const timer = setInterval(async () => {
    const { path, state } = lookAt(run);
    // Whoever writes a run writes one file after the other.
    const isNew = state === seen && state !== served;
    seen = state;
    if (!isNew || !await hasFinished(path)) return;
    served = state;
    changed();
  }, interval);
  return {
    served: () => served = lookAt(run).state,
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

/** Where the run is, and when its files were written. */
function lookAt(run: string): { readonly path?: string; readonly state: string } {
  const path = findRun(run, standingFolder(), projectFolder.replace(/\/$/, ""))?.path;
  const states = files.map((name) => {
    try {
      const { mtime, size, ino } = Deno.statSync(`${path}/${name}`);
      return `${mtime?.getTime()} ${size} ${ino}`;
    } catch {
      return "none";
    }
  });
  return { path, state: JSON.stringify([path, states]) };
}

/** Whether a training has come to its end; what is damaged or gone is told of where it is loaded. */
async function hasFinished(path: string | undefined): Promise<boolean> {
  try {
    if (path === undefined || !await exists(`${path}/config.json`)) return true;
    return (await readResult(openedPath(path)))?.status === "finished";
  } catch {
    return true;
  }
}
