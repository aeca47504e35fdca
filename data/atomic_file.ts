/**
 * Files that are either whole or not there.
 *
 * @module
 */
import { writeFailure } from "./file_failure.ts";

let written = 0;

/**
 * Writes a file under a temporary name in the same folder and renames it, so that a reader, or a
 * run after a crash, sees the former contents or the new ones and never a part.
 *
 * @param path The file; its folder must exist.
 * @param contents Bytes, or text that is written as UTF-8.
 * @throws {BandpassError} No space, no permission, a read-only file system, or no such folder.
 * @example
 * ```ts
 * import { writeFileAtomically } from "./atomic_file.ts";
 * const folder = await Deno.makeTempDir();
 * await writeFileAtomically(`${folder}/config.json`, "{}\n");
 * ```
 */
export async function writeFileAtomically(
  path: string,
  contents: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.${Deno.pid}-${written++}.tmp`;
  try {
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    using file = await Deno.open(temporary, { write: true, createNew: true });
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    // Without this, a power cut after the rename may leave the new name with no contents.
    await file.syncData();
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {/* it was never created */});
    throw writeFailure(path, error);
  }
}
