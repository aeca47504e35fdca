/**
 * The folder of a tune: one process at a time works in it, and the next goes on where it ended.
 *
 * @module
 */
import { finalName } from "../../data/temporary.ts";
import { writeFolder } from "../../data/atomic_folder.ts";
import { exists, isTaken } from "../../data/exists.ts";
import { UsageError } from "../../errors.ts";
import { isLocked, lockRun, type RunLock } from "../../training/run_lock.ts";
import { assertSameTune, readTuneRecord, type TuneRecord, tuneText } from "./tune_record.ts";

/** What nobody replaces, so that it can be locked. */
const lockFile = (folder: string) => `${folder}/lock`;

/** What the folder of a tune may hold. */
const entries: readonly string[] = [
  ...["tune.json", "lock", "owner.json", "result.json", "preset.json", "outcomes", "trials"],
  ...["blend", "trials.ndjson", "times.ndjson", "trials.parquet"],
];

/**
 * Whether a tune has a file or a folder of such a name, be it for a moment.
 *
 * @param name The name.
 */
export function isTuneEntry(name: string): boolean {
  return entries.includes(finalName(name));
}

/** A tune that this process alone works on. */
export interface OpenTune extends AsyncDisposable {
  /** What it is made from. */
  readonly record: TuneRecord;
  /** Whether it was begun before. */
  readonly isResumed: boolean;
}

/**
 * Whether a folder is that of a tune.
 *
 * @param folder The folder.
 */
export async function isTune(folder: string): Promise<boolean> {
  return await exists(`${folder}/tune.json`);
}

/**
 * Whether a process works on a tune.
 *
 * @param folder Its folder.
 */
export async function isTuning(folder: string): Promise<boolean> {
  return await exists(lockFile(folder)) && await isLocked(lockFile(folder));
}

/**
 * Opens the folder of a tune, or makes it.
 *
 * @param folder The folder.
 * @param wanted What is asked.
 * @throws {UsageError} It is something else, or a tune that was asked for something else.
 * @throws {BandpassError} Another process works on it.
 */
export async function openTune(folder: string, wanted: TuneRecord): Promise<OpenTune> {
  const isResumed = await isTaken(folder);
  if (!isResumed) {
    await writeFolder(folder, { "tune.json": tuneText(wanted), lock: "" }).catch(async (error) => {
      // Another process may have made it meanwhile.
      if (!await isTaken(folder)) throw error;
    });
  }
  if (!await isTune(folder)) {
    throw new UsageError(
      `Cannot tune into "${folder}": it already exists, and is no tune`,
      ({ setting }) => `Give another name: ${setting("name", "NAME")}`,
    );
  }
  const lock = await lockTune(folder);
  try {
    const record = await readTuneRecord(folder);
    assertSameTune(folder, record, wanted);
    return { record, isResumed, [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose]() };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Keeps other processes from working on a tune.
 *
 * @param folder Its folder.
 * @throws {BandpassError} One works on it.
 */
export async function lockTune(folder: string): Promise<RunLock> {
  return await lockRun(folder, lockFile(folder), {
    action: "tune",
    doing: "tuning",
    nextStep: "Wait until it ends, or stop it; the same command then goes on",
  });
}
