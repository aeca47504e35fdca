/**
 * Rows that an encoder has computed, kept by what they were computed of, so that none is computed twice:
 * not after an interruption, and not for another dataset.
 *
 * A file has a batch of rows after the other. Each is written at once, with a checksum: the part of a batch
 * that a killed process leaves is cut off, and a damaged one is passed over. So what is left to compute begins where
 * a batch does, and its batches are those of a process that was not interrupted.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import { dirname } from "node:path";
import { BandpassError } from "../../errors.ts";
import { writeFailure } from "../file_failure.ts";
import { readFully } from "../read_fully.ts";
import { fileSize } from "../regular_file.ts";
import { tryLock } from "../temporary.ts";
import { writeFully } from "../write_fully.ts";

/** Rows, columns, and the checksum of what follows: the hashes of all inputs, then their numbers. */
const headerBytes = 12;

/** A SHA-256. */
const hashBytes = 32;

/** A larger batch is damage that must not cost memory. */
const mostBatchBytes = 1 << 30;

/** The rows of one encoder, in a file that this process alone has open. */
export class RowStore implements Disposable {
  /** Where the numbers of each row begin in the file, by the hash of its input. */
  readonly #offsets = new Map<string, number>();
  #columns = 0;
  #end = 0;
  #damagedBytes = 0;

  /**
   * Opens a file, or makes it; the part of a batch at its end is cut off.
   *
   * @param path The file; the folders above it are made.
   * @throws {BandpassError} It cannot be opened, or another process has it open.
   * @example
   * ```ts
   * import { RowStore } from "./row_store.ts";
   * using store = await RowStore.open(`${await Deno.makeTempDir()}/a.rows`);
   * const hash = "00".repeat(32);
   * await store.append([hash], new Float32Array([1, 2]));
   * store.has(hash); // true
   * await store.row(hash); // [1, 2]
   * ```
   */
  static async open(path: string): Promise<RowStore> {
    let file: Deno.FsFile | undefined;
    try {
      await Deno.mkdir(dirname(path), { recursive: true });
      file = await Deno.open(path, { read: true, write: true, create: true });
      if (await tryLock(file) === false) {
        throw new BandpassError(
          `Cannot use "${path}": another process encodes with the same encoder`,
          "Wait until it ends; then run this again, and what it computed is not computed again",
        );
      }
      const store = new RowStore(path, file);
      await store.#readAll();
      return store;
    } catch (error) {
      file?.close();
      throw writeFailure(path, error);
    }
  }

  private constructor(readonly path: string, readonly file: Deno.FsFile) {}

  /** Number of rows. */
  get rows(): number {
    return this.#offsets.size;
  }

  /** Columns of each row; 0 as long as there is none. */
  get columns(): number {
    return this.#columns;
  }

  /** Bytes that hold no rows that can be read, but for the part of a batch at the end. */
  get damagedBytes(): number {
    return this.#damagedBytes;
  }

  /**
   * Whether an input has a row.
   *
   * @param hash The SHA-256 of the input, in hexadecimal.
   */
  has(hash: string): boolean {
    return this.#offsets.has(hash);
  }

  /**
   * Reads a row.
   *
   * @param hash The SHA-256 of the input, which has one.
   * @throws {BandpassError} It cannot be read.
   */
  async row(hash: string): Promise<Float32Array<ArrayBuffer>> {
    const offset = this.#offsets.get(hash);
    if (offset === undefined) throw new RangeError(`"${this.path}" has no row of ${hash}`);
    const values = new Float32Array(this.#columns);
    try {
      await this.file.seek(offset, Deno.SeekMode.Start);
      await readFully(this.file, this.path, new Uint8Array(values.buffer));
    } catch (error) {
      throw writeFailure(this.path, error);
    }
    return values;
  }

  /**
   * Adds a batch of rows.
   *
   * @param hashes The SHA-256 of each input.
   * @param values `hashes×columns`, row-major.
   * @throws {BandpassError} It cannot be written, or its rows are not as long as those before.
   */
  async append(hashes: readonly string[], values: Float32Array<ArrayBuffer>): Promise<void> {
    const columns = values.length / hashes.length;
    if (this.#columns > 0 && columns !== this.#columns) {
      throw new BandpassError(
        `Cannot add to "${this.path}": found rows of ${columns} numbers, expected ` +
          `${this.#columns} as in those before`,
        "The encoder must give as many numbers for each input: choose another output of it",
      );
    }
    const body = hashBytes * hashes.length;
    const bytes = new Uint8Array(headerBytes + body + values.byteLength);
    hashes.forEach((hash, n) => bytes.set(Uint8Array.fromHex(hash), headerBytes + hashBytes * n));
    bytes.set(new Uint8Array(values.buffer), headerBytes + body);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, hashes.length, true);
    view.setUint32(4, columns, true);
    view.setUint32(8, crc32(bytes.subarray(headerBytes)), true);
    try {
      await this.file.seek(this.#end, Deno.SeekMode.Start);
      await writeFully(this.file, bytes);
    } catch (error) {
      throw writeFailure(this.path, error);
    }
    this.#add(hashes, columns);
  }

  /** Closes the file, which ends its lock. */
  [Symbol.dispose](): void {
    this.file.close();
  }

  #add(hashes: readonly string[], columns: number): void {
    const first = this.#end + headerBytes + hashBytes * hashes.length;
    hashes.forEach((hash, n) => this.#offsets.set(hash, first + 4 * columns * n));
    this.#columns = columns;
    this.#end = first + 4 * columns * hashes.length;
  }

  async #readAll(): Promise<void> {
    const size = await fileSize(this.file);
    const header = new Uint8Array(headerBytes);
    const view = new DataView(header.buffer);
    while (this.#end + headerBytes <= size) {
      await readFully(this.file, this.path, header);
      const [rows, columns] = [view.getUint32(0, true), view.getUint32(4, true)];
      const bytes = rows * (hashBytes + 4 * columns);
      const isBatch = rows > 0 && columns > 0 && bytes <= mostBatchBytes &&
        (this.#columns === 0 || columns === this.#columns);
      // Where the next one would begin cannot be told.
      if (!isBatch) {
        this.#damagedBytes += size - this.#end;
        break;
      }
      if (this.#end + headerBytes + bytes > size) break;
      const body = new Uint8Array(bytes);
      await readFully(this.file, this.path, body);
      if (crc32(body) !== view.getUint32(8, true)) {
        this.#damagedBytes += headerBytes + bytes;
        this.#end += headerBytes + bytes;
        continue;
      }
      const hashes = Array.from(
        { length: rows },
        (_, n) => body.subarray(hashBytes * n, hashBytes * (n + 1)).toHex(),
      );
      this.#add(hashes, columns);
    }
    if (this.#end < size) await this.file.truncate(this.#end);
  }
}
