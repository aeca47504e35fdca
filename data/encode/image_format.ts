/**
 * Formats of images, told by their first bytes.
 *
 * @module
 */

/** A format that could hold a program, such as SVG, is not among them. */
const formats: Readonly<Record<string, (beginning: string) => boolean>> = {
  JPEG: (beginning) => beginning.startsWith("\xff\xd8\xff"),
  PNG: (beginning) => beginning.startsWith("\x89PNG\r\n\x1a\n"),
  WebP: (beginning) => /^RIFF[^]{4}WEBP/.test(beginning),
  GIF: (beginning) => /^GIF8[79]a/.test(beginning),
};

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
  const beginning = String.fromCharCode(...bytes.subarray(0, 12));
  return Object.entries(formats).find(([, isOf]) => isOf(beginning))?.[0];
}
