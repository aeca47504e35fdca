/**
 * Files that are either whole or not there.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";
import { writeFailure } from "./file_failure.ts";
import { clearTemporaryFiles, createTemporaryFile } from "./temporary.ts";
import { endUnfinished } from "./unfinished.ts";
import { writeFully } from "./write_fully.ts";

/**
 * Writes a file under a temporary name in the same folder and renames it, so that a reader, or a
 * run after a crash, sees the former contents or the new ones and never a part. Temporary files of this
 * name that dead processes left are removed.
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

/** Bytes that are written over earlier ones once all parts are there, such as a checksum of them. */
export interface Seal {
  /** Where they begin. */
  readonly offset: number;
  /** As many bytes as are written over. */
  readonly bytes: Uint8Array;
}

/**
 * Writes a file as {@linkcode writeFileAtomically} does, of parts that are made one after the other:
 * a file of any size, in the memory of a part.
 *
 * @param path The file; its folder must exist. It is opened before the first part is asked for.
 * @param parts Bytes, or text that is written as UTF-8; each is written before the next is asked for.
 * @param seal Asked after the last part for what is written over earlier bytes (default: nothing).
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
  seal?: () => Seal,
): Promise<void> {
  await clearTemporaryFiles(path);
  const { path: temporary, file } = await orFailure(path, createTemporaryFile(path));
  const writing = (operation: Promise<unknown>) => orFailure(path, operation, temporary);
  try {
    for await (const part of parts) {
      const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
      await writing(writeFully(file, bytes));
    }
    if (seal !== undefined) {
      const { offset, bytes } = seal();
      await writing(file.seek(offset, Deno.SeekMode.Start));
      await writing(writeFully(file, bytes));
    }
    // Without this, a power cut after the rename may leave the new name with no contents.
    await writing(file.syncData());
    await orFailure(path, Deno.rename(temporary, path));
  } catch (error) {
    await Deno.remove(temporary).catch(() => {/* what could not be written is reported */});
    throw error;
  } finally {
    file.close();
    endUnfinished(temporary);
  }
}

/**
 * Writes a file whose head says how large its body is, as {@linkcode writePartsAtomically} does.
 *
 * @param path The file; its folder must exist.
 * @param head What comes before the body.
 * @param bodyBytes The size of the body.
 * @param blocks The body; each block must stay as it is until the next one is asked for.
 * @throws {BandpassError} As {@linkcode writePartsAtomically}.
 * @throws {RangeError} The blocks have another size together; the file is not written.
 * @example
 * ```ts
 * import { writeBodyAtomically } from "./atomic_file.ts";
 * const path = `${await Deno.makeTempDir()}/a`;
 * await writeBodyAtomically(path, "2 bytes:", 2, [new Uint8Array([7]), new Uint8Array([8])]);
 * ```
 */
export async function writeBodyAtomically(
  path: string,
  head: Uint8Array | string,
  bodyBytes: number,
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await writePartsAtomically(path, headAndBody(head, bodyBytes, blocks));
}

/**
 * A head and a body as parts.
 *
 * @param head What comes before the body.
 * @param bodyBytes The size of the body.
 * @param blocks The body.
 * @throws {RangeError} The blocks have another size together.
 */
export async function* headAndBody<Head extends Uint8Array | string>(
  head: Head,
  bodyBytes: number,
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Head | Uint8Array> {
  yield head;
  let found = 0;
  for await (const block of blocks) {
    found += block.length;
    yield block;
  }
  if (found !== bodyBytes) throw new RangeError(`received ${found} bytes, expected ${bodyBytes}`);
}

/** What an operation on a file gives, or its failure in words, with the name that it has meanwhile. */
async function orFailure<T>(path: string, operation: Promise<T>, temporary?: string): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    const failure = writeFailure(path, error);
    if (temporary === undefined) throw failure;
    const { message, nextStep, exitCode } = failure;
    const named =
      `${message}; its temporary file was "${temporary}", and what was there before is kept`;
    throw new BandpassError(named, nextStep, exitCode);
  }
}
