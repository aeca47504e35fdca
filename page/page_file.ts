/**
 * A file of a page.
 *
 * @module
 */

import { rowsOfFile } from "./page_index.ts";

/** A file of a page, which is made when it is asked for. */
export interface PageFile {
  /** Its place in the folder of the page. */
  readonly path: string;
  /** Whether a static page goes without it, as there are many that take long (default: it does not). */
  readonly isServedOnly?: boolean;
  /** Makes it. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * A file of JSON.
 *
 * @param path Its place.
 * @param make Makes what is in it.
 */
export function jsonFile(path: string, make: () => unknown): PageFile {
  return { path, bytes: async () => new TextEncoder().encode(JSON.stringify(await make())) };
}

/**
 * The first user, or item, of each file.
 *
 * @param count How many there are.
 */
export function startsOfFiles(count: number): number[] {
  return Array.from({ length: Math.ceil(count / rowsOfFile) }, (_, file) => file * rowsOfFile);
}

/**
 * Those of a file.
 *
 * @param first The first of them.
 * @param count How many there are in all files.
 */
export function rangeOfFile(first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: Math.min(rowsOfFile, count - first) }, (_, n) => first + n);
}
