/**
 * The bytes of a file or of stdin as a stream, unpacked where they are gzip, with their hash.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataError } from "../../errors.ts";
import { readFailure } from "../file_failure.ts";
import { isArrow } from "./columnar/arrow_magic.ts";
import { formatBytes, refuseFormat } from "./file_formats.ts";
import { openRegularFile } from "../regular_file.ts";

/** What a source was, so that a dataset can be traced back to it. */
export interface Fingerprint {
  /** The path as it was given, or `stdin`. */
  readonly name: string;
  /** Its size as stored, packed if it is. */
  readonly bytes: number;
  /** SHA-256 of these bytes, in hexadecimal. */
  readonly sha256: string;
  /** Where it is a folder or a pattern, its files. */
  readonly files?: readonly Fingerprint[];
}

const blockBytes = 1 << 18;

/** A file or stdin, read once. */
export class ByteSource {
  /** The path as it was given, or `stdin`. */
  readonly name: string;
  readonly #path: string;
  readonly #isRegular: boolean;
  readonly #mayBeArrow: boolean;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  /**
   * Opens nothing yet.
   *
   * @param path A file, or `-` for stdin.
   * @param options Whether it has to be a regular file, and may be no pipe (default: false); whether
   * it may be Arrow, and not only text (default: false).
   */
  constructor(
    path: string,
    { regular = false, mayBeArrow = false }: { regular?: boolean; mayBeArrow?: boolean } = {},
  ) {
    this.#path = path;
    this.#mayBeArrow = mayBeArrow;
    this.#isRegular = regular;
    this.name = path === "-" ? "stdin" : path;
  }

  /**
   * The unpacked bytes; a block is valid until the next one is asked for.
   *
   * @throws {DataError} It cannot be read, is damaged gzip, or is of a format that is not text.
   */
  async *blocks(): AsyncGenerator<Uint8Array> {
    const stored = this.#stored();
    let unpacked: AsyncGenerator<Uint8Array> | undefined;
    try {
      const first = await beginning(stored);
      const packed = first[0] === 0x1f && first[1] === 0x8b;
      unpacked = packed ? this.#unpacked(first, stored) : stored;
      const start = packed ? await beginning(unpacked) : first;
      if (packed || !this.#mayBeArrow || !isArrow(start)) refuseFormat(this.name, start, packed);
      if (start.length > 0) yield start;
      yield* unpacked;
    } catch (error) {
      throw readFailure(this.name, error);
    } finally {
      // Whoever stops early leaves them open otherwise: they were not begun by a loop.
      await unpacked?.return(undefined);
      await stored.return(undefined);
    }
  }

  /**
   * Reads a file that is not text, for its fingerprint.
   *
   * @throws {DataError} It cannot be read.
   */
  async readStored(): Promise<void> {
    try {
      for await (const _ of this.#stored());
    } catch (error) {
      throw readFailure(this.name, error);
    }
  }

  /** Bytes that were read until now, packed if they are. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was read; complete once the blocks are at their end. */
  fingerprint(): Fingerprint {
    return { name: this.name, bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
  }

  async *#stored(): AsyncGenerator<Uint8Array> {
    const open = this.#isRegular ? openRegularFile : Deno.open;
    using file = this.#path === "-" ? undefined : await open(this.#path);
    const block = new Uint8Array(blockBytes);
    const reader = file ?? Deno.stdin;
    for (let count; (count = await reader.read(block)) !== null;) {
      if (count === 0) continue;
      const bytes = block.subarray(0, count);
      this.#hash.update(bytes);
      this.#bytes += count;
      yield bytes;
    }
  }

  /** Not `DecompressionStream`, which refuses the files of several parts that pigz writes. */
  async *#unpacked(
    first: Uint8Array,
    rest: AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const packed = async function* () {
      // The blocks share their memory, and the unpacker may still hold one when it gets the next.
      yield Buffer.from(first);
      for await (const block of rest) yield Buffer.from(block);
    };
    const gunzip = createGunzip();
    const input = Readable.from(packed());
    input.on("error", (error) => gunzip.destroy(error));
    input.pipe(gunzip);
    try {
      for await (const block of gunzip) yield block as Uint8Array;
    } catch (error) {
      throw new DataError(
        `Cannot read "${this.name}": the gzip data are damaged or cut off after ` +
          `${this.#bytes} bytes (${error instanceof Error ? error.message : error})`,
        "Check it with gzip -t, and copy or download it again",
      );
    } finally {
      input.destroy();
    }
  }
}

/** The first block or, where it is short, as a pipe's may be, as many as tell the format. */
async function beginning(blocks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let start = new Uint8Array(0);
  while (start.length < formatBytes) {
    const next = await blocks.next();
    if (next.done) break;
    if (start.length === 0 && next.value.length >= formatBytes) return next.value;
    const longer = new Uint8Array(start.length + next.value.length);
    longer.set(start);
    longer.set(next.value, start.length);
    start = longer;
  }
  return start;
}
