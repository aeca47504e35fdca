/**
 * Files and folders under temporary names, which their owner holds locked as long as it lives: what is
 * not locked was left by a process that is dead, wherever it ran and whatever its number was.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { BandpassError } from "../errors.ts";
import { soleTemporaryName } from "./sole_temporary_name.ts";
import { beginUnfinished, endUnfinished } from "./unfinished.ts";

/** How often another name is tried, where a name is taken or cleared by somebody else. */
const attempts = 20;

/**
 * A name that no other process chooses.
 *
 * @param path What is written.
 * @param kind What the name ends in.
 */
export function temporaryName(path: string, kind: "tmp" | "former"): string {
  return `${path}.${crypto.getRandomValues(new Uint8Array(8)).toHex()}.${kind}`;
}

/**
 * The name of what a temporary file or folder is to become; other names stay as they are.
 *
 * @param name The name.
 * @example
 * ```ts
 * import { finalName } from "./temporary.ts";
 * finalName("run.json.0123456789abcdef.tmp"); // "run.json"
 * ```
 */
export function finalName(name: string): string {
  return name.replace(/\.[0-9a-f]{16}\.tmp$/, "");
}

/**
 * The temporary files or folders beside a path that are named after it.
 *
 * @param path What they were to become.
 * @param kind What their names end in.
 */
export async function temporariesOf(path: string, kind: "tmp" | "former"): Promise<string[]> {
  const [folder, start] = [dirname(path), `${basename(path)}.`];
  const found: string[] = [];
  try {
    for await (const { name, isSymlink } of Deno.readDir(folder)) {
      const rest = name.startsWith(start) ? name.slice(start.length) : "";
      if (!isSymlink && /^[0-9a-f]{16}\.(tmp|former)$/.test(rest) && rest.endsWith(kind)) {
        found.push(`${folder}/${name}`);
      }
    }
  } catch {
    // A folder that cannot be listed is reported by what is done in it.
  }
  return found.sort();
}

/** A file under a temporary name, open and locked. */
export interface TemporaryFile {
  /** Its place. */
  readonly path: string;
  /** The file. */
  readonly file: Deno.FsFile;
}

/**
 * Makes a temporary file, under a name of its own where Deno allows one, and else under the one that
 * {@linkcode soleTemporaryName} gives.
 *
 * @param path What it is to become.
 * @throws {BandpassError} Another process has the one name that is allowed.
 */
export async function createTemporaryFile(path: string): Promise<TemporaryFile> {
  try {
    return await attempt(path, async (name) => {
      const file = await Deno.open(name, { write: true, createNew: true });
      return await isOurs(file, name) ? { path: name, file } : undefined;
    });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return await createSoleTemporaryFile(path);
  }
}

async function createSoleTemporaryFile(path: string): Promise<TemporaryFile> {
  const name = soleTemporaryName(path);
  await ifAbandoned(name, name);
  const file = await Deno.open(name, { write: true, createNew: true }).catch((error) => {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    throw error;
  });
  if (file === undefined || !await isOurs(file, name)) {
    throw new BandpassError(
      `Cannot write "${path}": another process is writing it`,
      `Wait until it ends, or choose another path; if there is no such process, remove "${name}"`,
    );
  }
  beginUnfinished(name);
  return { path: name, file };
}

/** A folder under a temporary name, with the open and locked file by which it is known to be in use. */
export interface TemporaryFolder {
  /** Its place. */
  readonly path: string;
  /** The file that its owner holds; it stays in the folder. */
  readonly owner: Deno.FsFile;
}

/**
 * Makes a temporary folder; the folders above it are made.
 *
 * @param path What it is to become.
 * @param ownerName The name of a file of it, made at once and written by whom the folder is for.
 */
export async function createTemporaryFolder(
  path: string,
  ownerName: string,
): Promise<TemporaryFolder> {
  await Deno.mkdir(dirname(path), { recursive: true });
  return await attempt(path, async (name) => {
    await Deno.mkdir(name);
    const owner = await Deno.open(`${name}/${ownerName}`, { write: true, createNew: true })
      .catch((error) => {
        if (error instanceof Deno.errors.NotFound) return undefined; // It was cleared meanwhile.
        throw error;
      });
    if (owner === undefined) return undefined;
    return await isOurs(owner, `${name}/${ownerName}`) ? { path: name, owner } : undefined;
  });
}

async function attempt<T>(path: string, make: (name: string) => Promise<T | undefined>) {
  for (let left = attempts; left > 0; left--) {
    const name = temporaryName(path, "tmp");
    beginUnfinished(name);
    try {
      const made = await make(name);
      if (made !== undefined) return made;
    } catch (error) {
      endUnfinished(name);
      if (error instanceof Deno.errors.AlreadyExists) continue;
      await Deno.remove(name, { recursive: true }).catch(() => {/* it was never made */});
      throw error;
    }
    endUnfinished(name);
  }
  throw new Deno.errors.AlreadyExists(`no free temporary name beside "${path}"`);
}

/** Locks a file that was just made, which somebody who clears leftovers may have been faster to do. */
async function isOurs(file: Deno.FsFile, path: string): Promise<boolean> {
  const isLocked = await tryLock(file) ?? true;
  const isThere = await Deno.lstat(path).then(
    () => true,
    (error) => !(error instanceof Deno.errors.NotFound),
  );
  if (isLocked && isThere) return true;
  file.close();
  return false;
}

/**
 * Locks a file if nobody else has it locked; the lock ends with the file or the process.
 *
 * @param file The file.
 * @returns Whether it is locked now; nothing where the file system has no locks.
 */
export async function tryLock(file: Deno.FsFile): Promise<boolean | undefined> {
  try {
    return await file.tryLock(true);
  } catch {
    return undefined;
  }
}

/**
 * Removes the temporary files of a path that dead processes left.
 *
 * @param path What they were to become.
 */
export async function clearTemporaryFiles(path: string): Promise<void> {
  for (const name of await temporariesOf(path, "tmp")) await ifAbandoned(name, name);
}

/**
 * Removes the temporary folders of a path that dead processes left.
 *
 * @param path What they were to become.
 * @param ownerName The name of the file that the owner holds.
 * @param kind What their names end in.
 */
export async function clearTemporaryFolders(
  path: string,
  ownerName: string,
  kind: "tmp" | "former" = "tmp",
): Promise<void> {
  for (const name of await temporariesOf(path, kind)) {
    // One that was left before its file was made is empty; this removes no folder that is not.
    if (!await ifAbandoned(name, `${name}/${ownerName}`)) await Deno.remove(name).catch(() => {});
  }
}

/** Removes something whose owner does not hold a file of it. */
async function ifAbandoned(path: string, held: string): Promise<boolean> {
  try {
    using file = await Deno.open(held, { read: true, write: true });
    if (await tryLock(file) !== true) return true;
    await Deno.remove(path, { recursive: true });
    return true;
  } catch {
    return false; // It is gone, or not ours to remove: it stands in nobody's way.
  }
}
