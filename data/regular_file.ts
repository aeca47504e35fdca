/**
 * Files that have to be files: no pipe, device or folder, whose bytes have no end or no place.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { readFailure } from "./file_failure.ts";
import { readFully } from "./read_fully.ts";

/**
 * Opens a file for reading. A pipe is told before it is opened, which would wait for a writer.
 *
 * @param path The file.
 * @throws {DataError} It is missing, cannot be read, or is no regular file.
 * @example
 * ```ts
 * import { fileSize, openRegularFile } from "./regular_file.ts";
 * using file = await openRegularFile(await Deno.makeTempFile());
 * await fileSize(file); // 0
 * ```
 */
export async function openRegularFile(path: string): Promise<Deno.FsFile> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    if (isDirectory) throw new Deno.errors.IsADirectory();
    if (isFile) return await Deno.open(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  throw new DataError(
    `Cannot read "${path}": it is a pipe or a device, expected a file on disk`,
    "Save its contents to a file first, and name that file",
  );
}

/**
 * The size of a file; it is read from its beginning afterwards.
 *
 * Not by its `stat()`, for which Deno wants a permission for where the file really is: a dataset or a run
 * may be a symbolic link in a folder that is granted.
 *
 * @param file The file.
 */
export async function fileSize(file: Deno.FsFile): Promise<number> {
  const size = await file.seek(0, Deno.SeekMode.End);
  await file.seek(0, Deno.SeekMode.Start);
  return size;
}

/**
 * Reads all of a text file.
 *
 * @param path The file.
 * @param mostBytes What such a file has at most.
 * @throws {DataError} It is missing, no regular file, too large, or no UTF-8.
 * @example
 * ```ts
 * import { readTextFile } from "./regular_file.ts";
 * await readTextFile(await Deno.makeTempFile(), 1 << 20); // ""
 * ```
 */
export async function readTextFile(path: string, mostBytes: number): Promise<string> {
  using file = await openRegularFile(path);
  try {
    const size = await fileSize(file);
    if (size > mostBytes) throw tooLarge(path, size, mostBytes);
    const bytes = new Uint8Array(size);
    await readFully(file, path, bytes);
    return decodeText(bytes, path);
  } catch (error) {
    throw readFailure(path, error);
  }
}

/**
 * Reads all of a text from a file of any kind, pipes among them, or from stdin.
 *
 * @param path The file, or `-` for stdin.
 * @param mostBytes What such a text has at most.
 * @throws {DataError} It cannot be read, is too large, or no UTF-8.
 * @example
 * ```ts
 * import { readTextStream } from "./regular_file.ts";
 * await readTextStream(await Deno.makeTempFile(), 1 << 20); // ""
 * ```
 */
export async function readTextStream(path: string, mostBytes: number): Promise<string> {
  const name = path === "-" ? "stdin" : path;
  const blocks: Uint8Array[] = [];
  let size = 0;
  try {
    using file = path === "-" ? undefined : await Deno.open(path);
    for (;;) {
      const block = new Uint8Array(1 << 16);
      const count = await (file ?? Deno.stdin).read(block);
      if (count === null) break;
      size += count;
      if (size > mostBytes) throw tooLarge(name, size, mostBytes);
      blocks.push(block.subarray(0, count));
    }
  } catch (error) {
    throw readFailure(name, error);
  }
  const bytes = new Uint8Array(size);
  let filled = 0;
  for (const block of blocks) {
    bytes.set(block, filled);
    filled += block.length;
  }
  return decodeText(bytes, name);
}

/**
 * The text of bytes.
 *
 * @param bytes All of them.
 * @param name Where they come from, for messages.
 * @throws {DataError} They are no UTF-8.
 * @example
 * ```ts
 * import { decodeText } from "./regular_file.ts";
 * decodeText(new Uint8Array([97]), "a.txt"); // "a"
 * ```
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(
      `Cannot read "${name}": it is not UTF-8`,
      "Convert the file, for example: iconv -f LATIN1 -t UTF-8 FILE > CONVERTED",
    );
  }
}

/**
 * The error for a text that is longer than such texts are.
 *
 * @param name Where it comes from.
 * @param size Its bytes, or as many as were read.
 * @param mostBytes What such a text has at most.
 */
export function tooLarge(name: string, size: number, mostBytes: number): DataError {
  return new DataError(
    `Cannot read "${name}": it has ${size} bytes or more, expected at most ${mostBytes}`,
    "Check that this is the file that you meant",
  );
}
