/**
 * Whether something is at a path.
 *
 * @module
 */
import { readFailure } from "./file_failure.ts";

/**
 * Whether there is something to read at a path, links followed.
 *
 * @param path The path.
 * @throws {BandpassError} That cannot be told, such as where a folder may not be searched.
 * @example
 * ```ts
 * import { exists } from "./exists.ts";
 * await exists(await Deno.makeTempFile()); // true
 * ```
 */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    // Nothing is below a file.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw readFailure(path, error);
  }
}

/**
 * Whether a path is known to be taken, be it by a link that leads nowhere.
 *
 * @param path The path.
 * @example
 * ```ts
 * import { isTaken } from "./exists.ts";
 * await isTaken(`${await Deno.makeTempDir()}/new`); // false
 * ```
 */
export async function isTaken(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/**
 * Refuses a path where there is nothing, before work is done that needs it.
 *
 * @param path The path.
 * @throws {BandpassError} There is nothing, or that cannot be told.
 */
export async function requireThere(path: string): Promise<void> {
  await Deno.stat(path).catch((error) => {
    throw readFailure(path, error);
  });
}
