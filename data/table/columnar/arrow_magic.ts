/**
 * The bytes by which Arrow is told.
 *
 * @module
 */

/** What a file begins and ends with; a stream has none. */
export const fileMagic = "ARROW1";
/** What is before each message, since Arrow 0.15. */
export const continuation = 0xffffffff;
/** What describes a message has at most. */
export const mostMetadata: number = 1 << 26;

/**
 * Whether bytes begin as Arrow does, in a file or as a stream.
 *
 * @param bytes The first bytes.
 * @example
 * ```ts
 * import { isArrow } from "./arrow_magic.ts";
 * isArrow(new TextEncoder().encode("user,item")); // false
 * ```
 */
export function isArrow(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  if (isArrowFile(bytes)) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const length = view.getUint32(4, true);
  return view.getUint32(0, true) === continuation && length > 0 && length <= mostMetadata;
}

/**
 * Whether bytes begin as a file of Arrow does.
 *
 * @param bytes The first bytes.
 */
export function isArrowFile(bytes: Uint8Array): boolean {
  return Array.from(fileMagic).every((letter, n) => bytes[n] === letter.charCodeAt(0));
}
