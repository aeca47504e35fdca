/**
 * safetensors files with a checksum of every byte, header and values: what is read is what was written.
 *
 * The checksum is the first text of the metadata. It is written as zeros, the whole file is hashed as it
 * is streamed, and the zeros are overwritten before the file gets its name.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../errors.ts";
import { headAndBody, writePartsAtomically } from "./atomic_file.ts";
import { readFailure } from "./file_failure.ts";
import {
  readSafetensors,
  type SafetensorsFile,
  SafetensorsReader,
  type SafetensorsStream,
  streamOf,
} from "./safetensors.ts";
import { encodeHeader, lengthBytes, tensorBytes } from "./safetensors_header.ts";

const key = "checksum";
const placeholder = "0".repeat(64);
/** The checksum is the first of the metadata, and these the first of the header. */
const checksumOffset = lengthBytes + `{"__metadata__":{"${key}":"`.length;
const blockBytes = 1 << 20;

/**
 * Writes a file as `streamSafetensors()` does, with a checksum.
 *
 * @param path The file.
 * @param stream What it is to hold; its metadata must not have a text `checksum`.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { openChecked, streamChecked } from "./checked_safetensors.ts";
 * const path = `${await Deno.makeTempDir()}/x.safetensors`;
 * const tensors = new Map([["x", { type: "F32", shape: [1] } as const]]);
 * await streamChecked(path, { metadata: { a: "b" }, tensors, blocks: [new Uint8Array(4)] });
 * using file = await openChecked(path);
 * file.metadata.a; // "b"
 * ```
 */
export async function streamChecked(path: string, stream: SafetensorsStream): Promise<void> {
  const { metadata, tensors, blocks } = stream;
  const header = encodeHeader({ [key]: placeholder, ...metadata }, tensors);
  const bytes = tensors.values().reduce((sum, layout) => sum + tensorBytes(layout), 0);
  const hash = createHash("sha256");
  const parts = async function* () {
    for await (const part of headAndBody(header, bytes, blocks)) {
      hash.update(part);
      yield part;
    }
  };
  await writePartsAtomically(path, parts(), () => ({
    offset: checksumOffset,
    bytes: new TextEncoder().encode(hash.digest("hex")),
  }));
}

/**
 * Writes arrays with a checksum.
 *
 * @param path The file.
 * @param file What it is to hold.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeChecked(path: string, file: SafetensorsFile): Promise<void> {
  await streamChecked(path, streamOf(file));
}

/**
 * Opens a file once every byte of it is known to be what was written.
 *
 * @param path The file.
 * @param options Whether a file without a checksum is refused (default: it is).
 * @throws {DataError} It is missing, no safetensors file, has no checksum, or another one.
 */
export async function openChecked(
  path: string,
  { required = true }: { required?: boolean } = {},
): Promise<SafetensorsReader> {
  const file = await SafetensorsReader.open(path);
  try {
    const { [key]: expected } = file.metadata;
    if (expected === undefined && !required) return file;
    if (expected !== await checksumOf(path)) {
      throw new DataError(
        `Cannot use "${path}": it has changed since it was written; ` +
          (expected === undefined ? "it has no checksum" : "its bytes do not match its checksum"),
        "Restore it from an intact copy, or make it again; the disk may be failing",
      );
    }
    return file;
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

/**
 * Reads all of a file once every byte of it is known to be what was written.
 *
 * @param path The file.
 * @throws {DataError} As {@linkcode openChecked}.
 */
export async function readChecked(path: string): Promise<SafetensorsFile> {
  (await openChecked(path))[Symbol.dispose]();
  return await readSafetensors(path);
}

/** The hash of a file whose checksum counts as zeros. */
async function checksumOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  const zeros = new TextEncoder().encode(placeholder);
  try {
    using file = await Deno.open(path);
    const block = new Uint8Array(blockBytes);
    let offset = 0;
    for (let count; (count = await file.read(block)) !== null; offset += count) {
      for (let n = 0; n < zeros.length; n++) {
        const at = checksumOffset + n - offset;
        if (at >= 0 && at < count) block[at] = zeros[n];
      }
      hash.update(block.subarray(0, count));
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  return hash.digest("hex");
}
