/**
 * Tables of the user's, in whatever format and however many files they are.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { readFailure } from "../file_failure.ts";
import { openRegularFile } from "../regular_file.ts";
import { counted } from "../counts.ts";
import { sha256 } from "../sha256.ts";
import { ByteSource, type Fingerprint } from "./byte_source.ts";
import { isArrow } from "./columnar/arrow_magic.ts";
import { readArrow } from "./columnar/arrow_reader.ts";
import { PlacedFile } from "./columnar/file_window.ts";
import { formatBytes } from "./file_formats.ts";
import { JoinedSink } from "./joined_sink.ts";
import { noRows, readRows, type TableSize } from "./table_reader.ts";
import type { QuoteRule, TableSink } from "./table.ts";
import { findParts, type TablePart } from "./table_parts.ts";

/** A table of one file or of many, read once. */
export class TableFiles {
  /** The path as it was given, or `stdin`. */
  readonly name: string;
  readonly #path: string;
  #done = 0;
  #reading: { readonly bytes: number } = { bytes: 0 };
  #read: Fingerprint[] = [];
  #isFound = false;

  /**
   * Opens nothing yet.
   *
   * @param path A file, a folder, a pattern, or `-` for stdin.
   */
  constructor(path: string) {
    this.#path = path;
    this.name = path === "-" ? "stdin" : path;
  }

  /** Bytes that were read until now. */
  get bytes(): number {
    return this.#done + this.#reading.bytes;
  }

  /**
   * What was read; complete once it was. Of many files the hash is that of their own hashes and names,
   * a line each, as `sha256sum` writes them.
   */
  fingerprint(): Fingerprint {
    if (!this.#isFound) return this.#read[0];
    const lines = this.#read.map((file) => `${file.sha256}  ${file.name}\n`);
    const bytes = this.#read.reduce((sum, file) => sum + file.bytes, 0);
    return { name: this.name, bytes, sha256: sha256(lines), files: this.#read };
  }

  /**
   * Reads the table. What it is in is told by its first bytes: CSV, TSV, NDJSON, Parquet or Arrow.
   *
   * @param sink What takes it.
   * @param quote What quotation marks mean in text.
   * @throws {DataError} It cannot be read, or its files are no one table; the message says where.
   * Whatever the sink throws.
   * @example
   * ```ts
   * import { TableFiles } from "./table_files.ts";
   * const folder = await Deno.makeTempDir();
   * await Deno.writeTextFile(`${folder}/1.csv`, "user,item\na,b\n");
   * await Deno.writeTextFile(`${folder}/2.csv`, "user,item\nc,d\n");
   * const sink = { columns: () => [0], row: () => {} };
   * (await new TableFiles(`${folder}/*.csv`).read(sink)).rows; // 2
   * ```
   */
  async read(sink: TableSink, quote: QuoteRule = "guess"): Promise<TableSize> {
    const { parts, isFound } = await findParts(this.#path);
    this.#isFound = isFound;
    const joined = isFound ? new JoinedSink(this.name, sink) : undefined;
    const size = { rows: 0, blankLines: 0, lastLineEnds: true };
    const remarks: { readonly path: string; readonly texts: readonly Message[] }[] = [];
    for (const part of parts) {
      const read = await this.#readPart(part, joined?.of(part) ?? sink, quote);
      size.rows += read.rows;
      size.blankLines += read.blankLines;
      size.lastLineEnds &&= read.lastLineEnds;
      if (read.remarks.length > 0) remarks.push({ path: part.path, texts: read.remarks });
    }
    if (size.rows === 0) throw noRows(this.name);
    return { ...size, remarks: isFound ? remarksOfFiles(remarks) : remarks[0]?.texts ?? [] };
  }

  async #readPart({ path }: TablePart, sink: TableSink, quote: QuoteRule): Promise<TableSize> {
    const read = path !== "-" && isParquet(await beginning(path))
      ? await this.#readParquet(path, sink)
      : await this.#readStream(path, sink, quote);
    this.#done += read.fingerprint.bytes;
    this.#reading = { bytes: 0 };
    this.#read.push(read.fingerprint);
    return read.size;
  }

  async #readParquet(path: string, sink: TableSink) {
    // The library behind it is loaded only where it is needed.
    const { readParquet } = await import("./columnar/parquet_reader.ts");
    using opened = await openRegularFile(path);
    const file = await PlacedFile.of(path, opened);
    this.#reading = {
      get bytes() {
        return file.bytesRead;
      },
    };
    const size = { rows: 0, blankLines: 0, lastLineEnds: true };
    const remarks = await readParquet(file, sink, size);
    // Its parts are read out of order, and not all of them: its hash takes another turn.
    const whole = new ByteSource(path);
    await whole.readStored();
    return { size: { ...size, remarks }, fingerprint: whole.fingerprint() };
  }

  async #readStream(path: string, sink: TableSink, quote: QuoteRule) {
    const source = new ByteSource(path, { mayBeArrow: true });
    this.#reading = source;
    const blocks = source.blocks();
    try {
      const { value: first = new Uint8Array(0) } = await blocks.next();
      const all = async function* () {
        yield first;
        yield* blocks;
      };
      const size = isArrow(first)
        ? await readArrow(source.name, all(), sink)
        : await readRows({ name: source.name, blocks: all }, sink, quote);
      return { size, fingerprint: source.fingerprint() };
    } finally {
      await blocks.return(undefined);
    }
  }
}

/**
 * Whether a path means a table that is no file of text: a folder, a pattern, Parquet or Arrow.
 *
 * @param path The path.
 * @throws {DataError} There is nothing.
 * @example
 * ```ts
 * import { isNoTextFile } from "./table_files.ts";
 * await isNoTextFile(await Deno.makeTempFile()); // false
 * ```
 */
export async function isNoTextFile(path: string): Promise<boolean> {
  if (path === "-") return false;
  if ((await findParts(path)).isFound) return true;
  const first = await beginning(path);
  return isParquet(first) || isArrow(first);
}

/** The first bytes of a file. A pipe is not looked into: what is read of it is gone. */
async function beginning(path: string): Promise<Uint8Array> {
  const { isFile } = await Deno.stat(path).catch((error) => {
    throw readFailure(path, error);
  });
  if (!isFile) return new Uint8Array(0);
  using file = await openRegularFile(path);
  const bytes = new Uint8Array(formatBytes);
  return bytes.subarray(0, await file.read(bytes) ?? 0);
}

function isParquet(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4));
  return start === "PAR1" || start === "PARE";
}

/** Of many files most have the same to be said of them. */
function remarksOfFiles(
  files: readonly { readonly path: string; readonly texts: readonly Message[] }[],
): Message[] {
  if (files.length === 0) return [];
  const [{ path, texts }, ...others] = files;
  const more = others.length === 0
    ? []
    : [`There is something of the kind in ${counted(others.length, "more file")}`];
  return [
    ...texts.map((text): Message => (words) =>
      `${path}: ${typeof text === "string" ? text : text(words)}`
    ),
    ...more,
  ];
}
