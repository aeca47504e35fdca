/**
 * Parts of a file, read where they are asked for.
 *
 * @module
 */
import { readFully } from "../../read_fully.ts";
import { fileSize } from "../../regular_file.ts";
import { Damage } from "./texts.ts";

/** What a footer, a page's header or a page has at most. */
const mostPart = 1 << 30;
const windowBytes = 1 << 18;

/** A file whose parts can be read in any order. */
export class PlacedFile {
  /** Bytes that were read until now. */
  bytesRead = 0;

  private constructor(readonly name: string, readonly file: Deno.FsFile, readonly size: number) {}

  /**
   * Takes a file that is open.
   *
   * @param name Its name, for messages.
   * @param file The file.
   */
  static async of(name: string, file: Deno.FsFile): Promise<PlacedFile> {
    return new PlacedFile(name, file, await fileSize(file));
  }

  /**
   * Reads a part.
   *
   * @param from Where it begins.
   * @param length How long it is.
   * @throws {Damage} It reaches beyond the file.
   */
  async read(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!(from >= 0 && length >= 0 && from + length <= this.size && length <= mostPart)) {
      throw new Damage(`it refers to bytes ${from} to ${from + length} of ${this.size}`);
    }
    const bytes = new Uint8Array(length);
    await this.file.seek(from, Deno.SeekMode.Start);
    await readFully(this.file, this.name, bytes);
    this.bytesRead += length;
    return bytes;
  }
}

/** A part of a file that is read from its beginning to its end, a piece at a time. */
export class FileWindow {
  readonly #file: PlacedFile;
  readonly #end: number;
  #next: number;
  #held = new Uint8Array(0);

  /**
   * Makes it.
   *
   * @param file The file.
   * @param from Where the part begins.
   * @param end Where it ends.
   */
  constructor(file: PlacedFile, from: number, end: number) {
    this.#file = file;
    this.#next = from;
    this.#end = end;
  }

  /** Bytes that were not taken yet. */
  get left(): number {
    return this.#held.length + this.#end - this.#next;
  }

  /**
   * Shows the next bytes, without taking them.
   *
   * @param count How many; fewer are there only at the end.
   */
  async peek(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const { length } = this.#held;
    if (length >= count || this.#next >= this.#end) return this.#held;
    const more = Math.min(Math.max(count - length, windowBytes), this.#end - this.#next);
    const read = await this.#file.read(this.#next, more);
    this.#next += more;
    if (length === 0) this.#held = read;
    else {
      const joined = new Uint8Array(length + more);
      joined.set(this.#held);
      joined.set(read, length);
      this.#held = joined;
    }
    return this.#held;
  }

  /**
   * Takes the next bytes.
   *
   * @param count How many.
   * @throws {Damage} There are fewer.
   */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!(count >= 0 && count <= this.left)) {
      throw new Damage(`a page claims ${count} bytes, where ${this.left} are left`);
    }
    const bytes = (await this.peek(count)).subarray(0, count);
    this.#held = this.#held.subarray(count);
    return bytes;
  }
}
