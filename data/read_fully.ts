/**
 * Files of a known layout: whole ranges of bytes, or an error.
 *
 * @module
 */
import { DataError } from "../errors.ts";

/**
 * Reads from where a file stands until an array is full.
 *
 * @param file The open file.
 * @param path Its place, for messages.
 * @param bytes What is filled.
 * @throws {DataError} The file ends before.
 * @example
 * ```ts
 * import { readFully } from "./read_fully.ts";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "abc");
 * using file = await Deno.open(path);
 * await readFully(file, path, new Uint8Array(3));
 * ```
 */
export async function readFully(
  file: Deno.FsFile,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const count = await file.read(bytes.subarray(done));
    if (count === null) {
      throw new DataError(
        `Cannot read "${path}": the file became shorter while it was read`,
        "Wait until the program that writes it has finished, and run again",
      );
    }
    done += count;
  }
}
