/**
 * SHA-256 of what is in memory.
 *
 * @module
 */
import { createHash } from "node:crypto";

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
