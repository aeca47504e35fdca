/**
 * Which folder a run is that the user names.
 *
 * The launcher, which decides what a command may read, and the commands go by the same rules.
 *
 * @module
 */
import { absolutePath } from "../launch/granted_paths.ts";

/** What means the run that was begun or trained most recently. */
export const lastRun = "last";

/** A run that was looked for. */
export interface RunReference {
  /** Its folder, absolute; where there is none, the place that was most likely meant. */
  readonly path: string;
  /** The run of the project that is called so too. */
  readonly other?: string;
}

/** What is on the disk. */
export interface RunFiles {
  /** Whether there is anything at a path. */
  readonly exists: (path: string) => boolean;
  /** Whether a folder is a run. */
  readonly isRun: (folder: string) => boolean;
  /** The run in a folder that was begun or trained most recently. */
  readonly newestRun: (folder: string) => string | undefined;
}

/** What a training writes, of which the newest tells when it trained last. */
const trainedFiles = ["config.json", "metrics.jsonl", "last.safetensors", "best.safetensors"];

/** The disk. */
export const runsOnDisk: RunFiles = {
  exists: (path) => modified(path) !== undefined,
  isRun: (folder) => modified(`${folder}/config.json`) !== undefined,
  newestRun: (folder) => {
    const trained = namesIn(folder).sort().flatMap((name) => {
      const path = `${folder}/${name}`;
      if (!runsOnDisk.isRun(path)) return [];
      const times = trainedFiles.map((file) => modified(`${path}/${file}`) ?? 0);
      return [{ path, time: Math.max(...times) }];
    });
    return trained.toSorted((a, b) => a.time - b.time).at(-1)?.path;
  },
};

/**
 * Finds the run that is meant by a path from where the user stands, by the name of one in the project's
 * `runs/`, with or without `runs/` before it, or by the word `last`.
 *
 * @param text What the user typed.
 * @param folder Where the user stands.
 * @param project The project's folder.
 * @param files What is there (default: what is on the disk).
 * @returns Nothing for `last` where there is no run.
 * @example
 * ```ts
 * import { findRun, runsOnDisk } from "./run_reference.ts";
 * const files = { ...runsOnDisk, isRun: (path: string) => path === "/opt/bandpass/runs/a" };
 * findRun("a", "/home/ann", "/opt/bandpass", files)?.path; // "/opt/bandpass/runs/a"
 * ```
 */
export function findRun(
  text: string,
  folder: string,
  project: string,
  files: RunFiles = runsOnDisk,
): RunReference | undefined {
  if (text === lastRun) {
    const path = files.newestRun(`${project}/runs`);
    return path === undefined ? undefined : { path };
  }
  const here = absolutePath(text, folder);
  const [, name] = /^(?:runs\/+)?([^/]+)\/*$/.exec(text) ?? [];
  const isName = name !== undefined && name !== "." && name !== "..";
  const places = isName ? [here, absolutePath(`runs/${name}`, project)] : [here];
  const [path, other] = places.filter(files.isRun);
  if (path === undefined) return { path: places.find(files.exists) ?? places.at(-1)! };
  return other === undefined || other === path ? { path } : { path, other };
}

/** When something was changed; nothing where it is not there, or not for this process to see. */
function modified(path: string): number | undefined {
  try {
    return Deno.statSync(path).mtime?.getTime() ?? 0;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch {
    return [];
  }
}
