/**
 * Formats of images, told by their first bytes.
 *
 * @module
 */

const formats = {
  JPEG: [[0, "\xff\xd8\xff"]],
  PNG: [[0, "\x89PNG\r\n\x1a\n"]],
  WebP: [[0, "RIFF"], [8, "WEBP"]],
  GIF: [[0, "GIF8"]],
} as const;

/** The formats that are read. */
export const imageFormats: readonly string[] = Object.keys(formats);

/** Names of files that hold an image. */
export const imageName = /\.(?:jpe?g|png|webp|gif)$/i;

/**
 * The format of an image; nothing where it is none of {@linkcode imageFormats}.
 *
 * @param bytes The file, or its first 12 bytes.
 * @example
 * ```ts
 * import { imageFormat } from "./image_format.ts";
 * imageFormat(new TextEncoder().encode("GIF89a")); // "GIF"
 * imageFormat(new TextEncoder().encode("<svg/>")); // undefined
 * ```
 */
export function imageFormat(bytes: Uint8Array): string | undefined {
  const has = ([at, magic]: readonly [number, string]) =>
    Array.from(magic).every((letter, n) => bytes[at + n] === letter.charCodeAt(0));
  return Object.entries(formats).find(([, magics]) => magics.every(has))?.[0];
}
