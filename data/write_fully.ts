/**
 * All bytes of an array, whatever a single write takes.
 *
 * @module
 */

/**
 * Writes an array from where a file stands.
 *
 * @param file The open file.
 * @param bytes What is written.
 * @example
 * ```ts
 * import { writeFully } from "./write_fully.ts";
 * using file = await Deno.open(await Deno.makeTempFile(), { write: true });
 * await writeFully(file, new Uint8Array(3));
 * ```
 */
export async function writeFully(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}
