/**
 * The folder of a study: what it holds, and that one process at a time works in it.
 *
 * @module
 */
import { finalName } from "../../data/temporary.ts";
import { exists } from "../../data/exists.ts";
import { isLocked, lockRun, type RunLock } from "../../training/run_lock.ts";

/** What nobody replaces, so that it can be locked. */
const lockFile = (folder: string) => `${folder}/study.json`;

/** What the folder of a study may hold. */
const entries: readonly string[] = [
  ...["study.json", "owner.json", "outcomes", "trials", "trials.ndjson", "times.ndjson"],
  ...["trials.parquet", "table.csv", "segments.csv", "reading.md"],
];

/**
 * Whether a study has a file or a folder of such a name, be it for a moment.
 *
 * @param name The name.
 */
export function isStudyEntry(name: string): boolean {
  return entries.includes(finalName(name));
}

/**
 * Whether a folder is that of a study.
 *
 * @param folder The folder.
 */
export async function isStudy(folder: string): Promise<boolean> {
  return await exists(lockFile(folder));
}

/**
 * Whether a process runs a study.
 *
 * @param folder Its folder.
 */
export async function isStudying(folder: string): Promise<boolean> {
  return await isLocked(lockFile(folder));
}

/**
 * Keeps other processes from running a study.
 *
 * @param folder Its folder.
 * @throws {BandpassError} One runs it.
 */
export async function lockStudy(folder: string): Promise<RunLock> {
  return await lockRun(folder, lockFile(folder), {
    action: "run the study in",
    doing: "running",
    nextStep: "Wait until it ends, or stop it; the same command then goes on",
  });
}
