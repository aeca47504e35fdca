/**
 * safetensors files: a JSON header and raw little-endian arrays, what checkpoints and golden files
 * are kept in. They are read and written tensor by tensor.
 *
 * @module
 */
import { writeBodyAtomically } from "./atomic_file.ts";
import { readFailure } from "./file_failure.ts";
import { readFully } from "./read_fully.ts";
import { fileSize, openRegularFile } from "./regular_file.ts";
import {
  arrayTypes,
  encodeHeader,
  headerLength,
  lengthBytes,
  parseHeader,
  tensorBytes,
  type TensorLayout,
  type TensorPlace,
  type TensorType,
} from "./safetensors_header.ts";

/** The array types that Bandpass reads and writes. */
export type StoredArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

/** A named array of a file. */
export interface StoredTensor {
  /** Its dimensions. */
  readonly shape: readonly number[];
  /** Its values, row-major. */
  readonly values: StoredArray;
}

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Arrays by name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** What a safetensors file is to hold, without the values themselves. */
export interface SafetensorsStream {
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Types and shapes by name. */
  readonly tensors: ReadonlyMap<string, TensorLayout>;
  /** The bytes of all values in that order, cut anywhere; each block is written before the next. */
  readonly blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Bytes that are read from a file at a time; whole elements of every type. */
const blockBytes = 4 << 20;

/** Tensors that are read block by block, wherever they are kept. */
export interface TensorSource extends Disposable {
  /** Where they are, for messages. */
  readonly path: string;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Types and shapes by name. */
  readonly tensors: ReadonlyMap<string, TensorLayout>;
  /**
   * Reads a tensor block by block.
   *
   * @param name One of `tensors`.
   * @returns Its bytes in whole elements, each block at the start of its buffer; a block is valid until
   * the next one is asked for.
   */
  blocks(name: string): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** An open file, whose tensors are read when they are asked for, one at a time. */
export class SafetensorsReader implements TensorSource {
  readonly #file: Deno.FsFile;
  #block: Uint8Array<ArrayBuffer> | undefined;

  /**
   * Opens a file and checks its header against its size.
   *
   * @param path The file.
   * @throws {DataError} It is missing, or no whole safetensors file.
   * @example
   * ```ts
   * import { SafetensorsReader, writeSafetensors } from "./safetensors.ts";
   * const path = `${await Deno.makeTempDir()}/x.safetensors`;
   * const tensors = new Map([["x", { shape: [2], values: new Float32Array([1, 2]) }]]);
   * await writeSafetensors(path, { metadata: { model: "bpr" }, tensors });
   * using file = await SafetensorsReader.open(path);
   * file.metadata.model; // "bpr"
   * (await file.tensor("x")).values; // [1, 2]
   * ```
   */
  static async open(path: string): Promise<SafetensorsReader> {
    let file: Deno.FsFile | undefined;
    try {
      file = await openRegularFile(path);
      const fileBytes = await fileSize(file);
      const start = new Uint8Array(Math.min(lengthBytes, fileBytes));
      await readFully(file, path, start);
      const text = new Uint8Array(headerLength(start, fileBytes, path));
      await readFully(file, path, text);
      const { metadata, tensors } = parseHeader(text, fileBytes, path);
      return new SafetensorsReader(path, file, metadata, tensors);
    } catch (error) {
      file?.close();
      throw readFailure(path, error);
    }
  }

  private constructor(
    readonly path: string,
    file: Deno.FsFile,
    readonly metadata: Readonly<Record<string, string>>,
    readonly tensors: ReadonlyMap<string, TensorPlace>,
  ) {
    this.#file = file;
  }

  /**
   * Reads a tensor.
   *
   * @param name One of `tensors`.
   * @throws {DataError} The file cannot be read.
   */
  async tensor(name: string): Promise<StoredTensor> {
    const { type, shape, offset, bytes } = this.#place(name);
    const values: StoredArray = new arrayTypes[type](bytes / arrayTypes[type].BYTES_PER_ELEMENT);
    await this.#read(offset, new Uint8Array(values.buffer));
    return { shape, values };
  }

  /**
   * Reads a tensor block by block, in the memory of one.
   *
   * @param name One of `tensors`.
   * @returns Its bytes in whole elements; a block is valid until the next one is asked for.
   * @throws {DataError} The file cannot be read.
   */
  async *blocks(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { offset, bytes } = this.#place(name);
    const block = this.#block ??= new Uint8Array(blockBytes);
    for (let done = 0; done < bytes; done += blockBytes) {
      const part = block.subarray(0, Math.min(blockBytes, bytes - done));
      await this.#read(offset + done, part);
      yield part;
    }
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }

  #place(name: string): TensorPlace {
    const place = this.tensors.get(name);
    if (place === undefined) throw new RangeError(`"${this.path}" has no tensor "${name}"`);
    return place;
  }

  async #read(offset: number, bytes: Uint8Array): Promise<void> {
    try {
      await this.#file.seek(offset, Deno.SeekMode.Start);
      await readFully(this.#file, this.path, bytes);
    } catch (error) {
      throw readFailure(this.path, error);
    }
  }
}

/**
 * Reads a tensor whole, wherever it is kept.
 *
 * @param source Where.
 * @param name One of its tensors.
 */
export async function readTensor(source: TensorSource, name: string): Promise<StoredTensor> {
  const layout = source.tensors.get(name);
  if (layout === undefined) throw new RangeError(`"${source.path}" has no tensor "${name}"`);
  const bytes = new Uint8Array(tensorBytes(layout));
  let filled = 0;
  for await (const block of source.blocks(name)) {
    bytes.set(block, filled);
    filled += block.length;
  }
  return { shape: layout.shape, values: new arrayTypes[layout.type](bytes.buffer) };
}

/**
 * Reads all of a file, each tensor into an array of its own.
 *
 * @param path The file.
 * @throws {DataError} It is missing, or no whole safetensors file.
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  using file = await SafetensorsReader.open(path);
  const tensors = new Map<string, StoredTensor>();
  for (const name of file.tensors.keys()) tensors.set(name, await file.tensor(name));
  return { metadata: file.metadata, tensors };
}

/**
 * Writes a file under a temporary name, and renames it.
 *
 * @param path The file.
 * @param file What it is to hold.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeSafetensors(path: string, file: SafetensorsFile): Promise<void> {
  await streamSafetensors(path, streamOf(file));
}

/**
 * Arrays as a stream of one block each.
 *
 * @param file What the file is to hold.
 */
export function streamOf({ metadata, tensors }: SafetensorsFile): SafetensorsStream {
  const layouts = new Map<string, TensorLayout>();
  const blocks: Uint8Array[] = [];
  for (const [name, { shape, values }] of tensors) {
    layouts.set(name, { type: typeOf(values), shape });
    blocks.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return { metadata, tensors: layouts, blocks };
}

/**
 * Writes a file as {@linkcode writeSafetensors} does, of values that come block by block: tensors of
 * any size, in the memory of a block.
 *
 * @param path The file.
 * @param stream What it is to hold.
 * @throws {BandpassError} It cannot be written.
 * @throws {RangeError} The blocks are not of the size that the shapes have together.
 * @example
 * ```ts
 * import { streamSafetensors } from "./safetensors.ts";
 * const path = `${await Deno.makeTempDir()}/x.safetensors`;
 * const blocks = [new Uint8Array([0, 0, 128, 63]), new Uint8Array(4)];
 * const tensors = new Map([["x", { type: "F32", shape: [2] } as const]]);
 * await streamSafetensors(path, { metadata: {}, tensors, blocks }); // x is [1, 0]
 * ```
 */
export async function streamSafetensors(path: string, stream: SafetensorsStream): Promise<void> {
  const { metadata, tensors, blocks } = stream;
  let bytes = 0;
  for (const layout of tensors.values()) bytes += tensorBytes(layout);
  await writeBodyAtomically(path, encodeHeader(metadata, tensors), bytes, blocks);
}

function typeOf(values: StoredArray): TensorType {
  if (values instanceof Float32Array) return "F32";
  if (values instanceof Float64Array) return "F64";
  return values instanceof Int32Array ? "I32" : "U32";
}
