/**
 * Removing a file that may be gone already.
 *
 * @module
 */
import { writeFailure } from "./file_failure.ts";

/**
 * Removes a file, if there is one.
 *
 * @param path The file.
 * @throws {BandpassError} It cannot be removed, such as where permission is denied.
 * @example
 * ```ts
 * import { removeIfThere } from "./remove_if_there.ts";
 * await removeIfThere(`${await Deno.makeTempDir()}/none`);
 * ```
 */
export async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw writeFailure(path, error);
  });
}
