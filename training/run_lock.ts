/**
 * One process at a time trains a run.
 *
 * @module
 */
import { writeFailure } from "../data/file_failure.ts";
import { readTextFile } from "../data/regular_file.ts";
import { tryLock } from "../data/temporary.ts";
import { BandpassError } from "../errors.ts";

/** What `owner.json` has at most. */
const mostOwnerBytes = 1 << 12;

/** A run that this process alone trains. */
export interface RunLock extends AsyncDisposable {
  /** Gives the run free. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a lock is held for, in words. */
export interface LockWords {
  /** What cannot be done meanwhile, such as `train`. */
  readonly action: string;
  /** What the other process does, such as `training`. */
  readonly doing: string;
  /** What whoever is refused can do. */
  readonly nextStep: string;
}

const trainingWords: LockWords = {
  action: "train",
  doing: "training",
  nextStep: "Wait until it ends, or stop it; then resume the run",
};

/**
 * Locks a run. The system ends the lock with the process, however that ends: no lock is ever stale, also
 * where a process of the same number comes after it. Who holds it stands in `owner.json`, for messages.
 *
 * @param folder The run's folder.
 * @param path A file of it that is never replaced.
 * @param words What it is locked for (default: its training).
 * @throws {BandpassError} Another process trains the run.
 */
export async function lockRun(
  folder: string,
  path: string,
  { action, doing, nextStep }: LockWords = trainingWords,
): Promise<RunLock> {
  const owner = `${folder}/owner.json`;
  const file = await Deno.open(path, { read: true, write: true }).catch((error) => {
    throw writeFailure(path, error);
  });
  let isFree = await tryLock(file);
  // Who only looks whether it is locked holds it for an instant.
  for (let tries = 0; isFree === false && tries < 5; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    isFree = await tryLock(file);
  }
  if (isFree === false) {
    file.close();
    throw new BandpassError(
      `Cannot ${action} "${folder}": ${await ownerText(owner)} is ${doing} it`,
      nextStep,
    );
  }
  const since = new Date().toISOString();
  await Deno.writeTextFile(owner, `${JSON.stringify({ process: Deno.pid, since })}\n`)
    .catch(() => {/* The lock holds without it. */});
  return {
    async [Symbol.asyncDispose]() {
      await Deno.remove(owner).catch(() => {/* it was not written */});
      file.close();
    },
  };
}

/**
 * Whether a process holds the lock of a run; never where the file system has no locks.
 *
 * @param path The file that {@linkcode lockRun} locks.
 */
export async function isLocked(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  return await file.tryLock(false).catch(() => true) === false;
}

async function ownerText(path: string): Promise<string> {
  try {
    const { process, since } = JSON.parse(await readTextFile(path, mostOwnerBytes));
    return `process ${process}, since ${since},`;
  } catch {
    return "another process";
  }
}
