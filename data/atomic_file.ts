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
  await writePartsAtomically(path, [contents]);
}

/**
 * Writes a file as {@linkcode writeFileAtomically} does, of parts that are made one after the other:
 * a file of any size, in the memory of a part.
 *
 * @param path The file; its folder must exist. It is opened before the first part is asked for.
 * @param parts Bytes, or text that is written as UTF-8.
 * @throws {BandpassError} No space, no permission, a read-only file system, or no such folder.
 * @example
 * ```ts
 * import { writePartsAtomically } from "./atomic_file.ts";
 * const folder = await Deno.makeTempDir();
 * await writePartsAtomically(`${folder}/items.csv`, ["itemID,id\n", "0,B001EYH3AG\n"]);
 * ```
 */
export async function writePartsAtomically(
  path: string,
  parts: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>,
): Promise<void> {
  const temporary = `${path}.${Deno.pid}-${written++}.tmp`;
  const file = await orFailure(path, Deno.open(temporary, { write: true, createNew: true }));
  try {
    for await (const part of parts) {
      const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
      for (let done = 0; done < bytes.length;) {
        done += await orFailure(path, file.write(bytes.subarray(done)));
      }
    }
    // Without this, a power cut after the rename may leave the new name with no contents.
    await orFailure(path, file.syncData());
    await orFailure(path, Deno.rename(temporary, path));
  } catch (error) {
    await Deno.remove(temporary).catch(() => {/* what could not be written is reported */});
    throw error;
  } finally {
    file.close();
  }
}

/** What an operation on a file gives, or its failure in words. */
async function orFailure<T>(path: string, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw writeFailure(path, error);
  }
}
