/**
 * The bytes of a file or of stdin as a stream, unpacked where they are gzip, with their hash.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataError, type Message } from "../../errors.ts";
import { readFailure } from "../file_failure.ts";
import { openRegularFile } from "../regular_file.ts";

/** What a source was, so that a dataset can be traced back to it. */
export interface Fingerprint {
  /** The path as it was given, or `stdin`. */
  readonly name: string;
  /** Its size as stored, packed if it is. */
  readonly bytes: number;
  /** SHA-256 of these bytes, in hexadecimal. */
  readonly sha256: string;
}

const blockBytes = 1 << 18;

/** Formats that are told by their first bytes, and what to do about those that are no text. */
const refusedFormats: readonly { magic: readonly number[]; what: string; nextStep: Message }[] = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    what: "a zip archive or an Excel file",
    nextStep: ({ command }) =>
      `Unpack it and pipe the table in: unzip -p FILE | ${command("preprocess")} …`,
  },
  {
    magic: [0x50, 0x41, 0x52, 0x31],
    what: "a Parquet file",
    nextStep: "Convert it to CSV, for example with DuckDB's COPY … TO 'FILE.csv'",
  },
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    what: "a Zstandard file",
    nextStep: ({ command }) =>
      `Unpack it and pipe it in: zstdcat FILE | ${command("preprocess")} …`,
  },
  {
    magic: [0xff, 0xfe],
    what: "UTF-16 text",
    nextStep: ({ command }) =>
      `Convert it: iconv -f UTF-16 -t UTF-8 FILE | ${command("preprocess")} …`,
  },
  {
    magic: [0xfe, 0xff],
    what: "UTF-16 text",
    nextStep: ({ command }) =>
      `Convert it: iconv -f UTF-16 -t UTF-8 FILE | ${command("preprocess")} …`,
  },
];

/** A file or stdin, read once. */
export class ByteSource {
  /** The path as it was given, or `stdin`. */
  readonly name: string;
  readonly #path: string;
  readonly #isRegular: boolean;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  /**
   * Opens nothing yet.
   *
   * @param path A file, or `-` for stdin.
   * @param options Whether it has to be a regular file, and may be no pipe (default: false).
   */
  constructor(path: string, { regular = false }: { regular?: boolean } = {}) {
    this.#path = path;
    this.#isRegular = regular;
    this.name = path === "-" ? "stdin" : path;
  }

  /**
   * The unpacked bytes; a block is valid until the next one is asked for.
   *
   * @throws {DataError} It cannot be read, is damaged gzip, or is of a format that is no text.
   */
  async *blocks(): AsyncGenerator<Uint8Array> {
    const stored = this.#stored();
    try {
      const first = await stored.next();
      if (first.done) return;
      for (const { magic, what, nextStep } of refusedFormats) {
        if (magic.every((byte, n) => first.value[n] === byte)) {
          throw new DataError(
            `Cannot read "${this.name}": found ${what}, expected CSV, TSV or NDJSON in UTF-8`,
            nextStep,
          );
        }
      }
      if (first.value[0] === 0x1f && first.value[1] === 0x8b) {
        yield* this.#unpacked(first.value, stored);
      } else {
        yield first.value;
        yield* stored;
      }
    } catch (error) {
      throw readFailure(this.name, error);
    } finally {
      // Whoever stops early leaves it open otherwise: it was not begun by a loop.
      await stored.return(undefined);
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
