/**
 * What there is to know of a kind of file, so that files of it can be damaged and read.
 *
 * @module
 */

/** Files that a reader reads. */
export interface Format {
  /** The reader's name. */
  readonly name: string;
  /** The file's name, once sound ones are made. */
  readonly file: string;
  /** Pieces of text that mean something in it. */
  readonly tokens: readonly string[];
  /**
   * Makes sound files.
   *
   * @param folder A folder that they may be written in.
   * @returns The parts of each.
   */
  make(folder: string): Promise<readonly (readonly Uint8Array[])[]>;
  /** The file of some parts. */
  join(parts: readonly Uint8Array[]): Uint8Array;
  /**
   * Reads `file`, and all that comes of it.
   *
   * @param folder Where it is.
   */
  read(folder: string): Promise<void>;
}

const encoder = new TextEncoder();

/** The parts of a text: itself. */
export function texts(...all: readonly string[]): readonly (readonly Uint8Array[])[] {
  return all.map((text) => [encoder.encode(text)]);
}

/** Parts behind each other. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A format whose files are not made of parts. */
export function ofText(format: Omit<Format, "join">): Format {
  return { ...format, join: concatenated };
}
