/**
 * Folders that are either there with all their files or not there.
 *
 * @module
 */
import { writeFailure } from "./file_failure.ts";
import { clearTemporaryFolders, createTemporaryFolder, type TemporaryFolder } from "./temporary.ts";
import { endUnfinished } from "./unfinished.ts";
import { writeFully } from "./write_fully.ts";

/**
 * Makes a folder under a temporary name, and renames it. Temporary folders of this name that dead
 * processes left are removed.
 *
 * @param path The folder, which is not there yet; the folders above it are made.
 * @param files The text of each file by its name; one at least.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeFolder } from "./atomic_folder.ts";
 * await writeFolder(`${await Deno.makeTempDir()}/a`, { "b.txt": "c" });
 * ```
 */
export async function writeFolder(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const [[ownerName, first], ...others] = Object.entries(files);
  const bytesOf = (contents: string | Uint8Array) =>
    typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  await clearTemporaryFolders(path, ownerName);
  let temporary: TemporaryFolder | undefined;
  try {
    temporary = await createTemporaryFolder(path, ownerName);
    const { path: folder, owner } = temporary;
    await writeFully(owner, bytesOf(first));
    await owner.syncData();
    for (const [name, contents] of others) {
      await Deno.writeFile(`${folder}/${name}`, bytesOf(contents), { createNew: true });
    }
    await Deno.rename(folder, path);
  } catch (error) {
    if (temporary !== undefined) {
      await Deno.remove(temporary.path, { recursive: true }).catch(() => {/* it was renamed */});
    }
    throw writeFailure(path, error);
  } finally {
    temporary?.owner.close();
    if (temporary !== undefined) endUnfinished(temporary.path);
  }
}
