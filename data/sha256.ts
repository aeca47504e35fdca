/**
 * SHA-256 of what is in memory, and of files.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readFailure } from "./file_failure.ts";
import { openRegularFile } from "./regular_file.ts";

/**
 * The hash of some parts, one after the other.
 *
 * @param parts Bytes, or text that is hashed as UTF-8.
 * @returns In hexadecimal.
 * @example
 * ```ts
 * import { sha256 } from "./sha256.ts";
 * sha256(["a", "b"]) === sha256(["ab"]); // true
 * ```
 */
export function sha256(parts: Iterable<string | Uint8Array | Uint32Array | Float32Array>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

const blockBytes = 1 << 20;

/**
 * The hash of a file, read block by block.
 *
 * @param path The file.
 * @returns In hexadecimal.
 * @throws {DataError} It cannot be read.
 * @example
 * ```ts
 * import { sha256, sha256OfFile } from "./sha256.ts";
 * await sha256OfFile(await Deno.makeTempFile()) === sha256([]); // true
 * ```
 */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await openRegularFile(path);
  const block = new Uint8Array(blockBytes);
  try {
    for (let count; (count = await file.read(block)) !== null;) {
      hash.update(block.subarray(0, count));
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  return hash.digest("hex");
}
