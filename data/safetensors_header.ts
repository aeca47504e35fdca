/**
 * The header of a safetensors file: which tensors it holds, of what type and shape, and where.
 *
 * Source: the format's own description, github.com/huggingface/safetensors.
 *
 * @module
 */
import { DataError } from "../errors.ts";

/** The arrays of each type that Bandpass reads and writes. */
export const arrayTypes = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U32: Uint32Array,
} as const;

/** The name of a type in the header. */
export type TensorType = keyof typeof arrayTypes;

/** The type and the dimensions of a tensor. */
export interface TensorLayout {
  /** Its type. */
  readonly type: TensorType;
  /** Its dimensions. */
  readonly shape: readonly number[];
}

/** A tensor's layout, and where its values lie in the file. */
export interface TensorPlace extends TensorLayout {
  /** The first byte. */
  readonly offset: number;
  /** How many bytes. */
  readonly bytes: number;
}

/** What a header says. */
export interface SafetensorsHeader {
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors by name, in the order of the header. */
  readonly tensors: ReadonlyMap<string, TensorPlace>;
}

/** The length of the header, which comes before it, in bytes. */
export const lengthBytes = 8;

/** What the format allows; a longer one is damage that must not cost memory. */
const longestHeader = 100_000_000;

/**
 * The bytes of a tensor's values.
 *
 * @param layout Its type and shape.
 */
export function tensorBytes({ type, shape }: TensorLayout): number {
  const values = shape.reduce((product, dimension) => product * dimension, 1);
  return values * arrayTypes[type].BYTES_PER_ELEMENT;
}

/**
 * All that comes before the values, the same for the same tensors; texts and tensors keep their order.
 *
 * @param metadata Texts by name.
 * @param tensors Tensors by name.
 * @example
 * ```ts
 * import { encodeHeader } from "./safetensors_header.ts";
 * encodeHeader({}, new Map([["x", { type: "F32", shape: [2] }]])).length; // a multiple of 8
 * ```
 */
export function encodeHeader(
  metadata: Readonly<Record<string, string>>,
  tensors: ReadonlyMap<string, TensorLayout>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, layout] of tensors) {
    const start = end;
    end += tensorBytes(layout);
    header[name] = { dtype: layout.type, shape: layout.shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The values begin at a multiple of 8, as the format wants it; spaces are no part of the JSON.
  const bytes = new Uint8Array(lengthBytes + Math.ceil(text.length / 8) * 8).fill(32);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - lengthBytes), true);
  bytes.set(text, lengthBytes);
  return bytes;
}

/**
 * The length of a header, which must fit in the file.
 *
 * @param start The first {@linkcode lengthBytes} bytes of the file, or all where it has fewer.
 * @param fileBytes The size of the file.
 * @param path Its place, for messages.
 * @throws {DataError} This is no whole safetensors file.
 */
export function headerLength(start: Uint8Array, fileBytes: number, path: string): number {
  if (start.length < lengthBytes) throw damaged(path, `found ${start.length} bytes`);
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > fileBytes - lengthBytes) throw damaged(path, "it ends inside its header");
  if (length > longestHeader) throw damaged(path, `its header has ${length} bytes`);
  return length;
}

/**
 * What a header says, held against the size of the file.
 *
 * @param text The header.
 * @param fileBytes The size of the file.
 * @param path Its place, for messages.
 * @throws {DataError} It is no header, names a type that Bandpass does not use, or the file has another
 * size than it says.
 */
export function parseHeader(text: Uint8Array, fileBytes: number, path: string): SafetensorsHeader {
  const { __metadata__: metadata = {}, ...entries } = objectOf(text, path);
  const dataStart = lengthBytes + text.length;
  const dataBytes = fileBytes - dataStart;
  const tensors = new Map<string, TensorPlace>();
  let dataEnd = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const { type, shape, start, end } = entryOf(name, entry, path);
    if (end > dataBytes) throw damaged(path, `it ends inside "${name}"`);
    if (tensorBytes({ type, shape }) !== end - start) {
      throw damaged(path, `"${name}" has ${end - start} bytes for the shape ${shape.join("×")}`);
    }
    dataEnd = Math.max(dataEnd, end);
    tensors.set(name, { type, shape, offset: dataStart + start, bytes: end - start });
  }
  if (dataEnd < dataBytes) {
    throw damaged(path, `${dataBytes - dataEnd} bytes come after its last tensor`);
  }
  return { metadata: metadata as Record<string, string>, tensors };
}

function objectOf(text: Uint8Array, path: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(text));
  } catch {
    throw damaged(path, "its header is no JSON");
  }
  if (typeof header === "object" && header !== null) return header as Record<string, unknown>;
  throw damaged(path, "its header is no JSON object");
}

function entryOf(name: string, entry: unknown, path: string) {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Record<string, unknown>;
  const isSize = (value: unknown) => Number.isSafeInteger(value) && value as number >= 0;
  const areSizes = (values: unknown): values is number[] =>
    Array.isArray(values) && values.every(isSize);
  if (!areSizes(shape) || !areSizes(data_offsets) || data_offsets.length !== 2) {
    throw damaged(path, `its header does not say where "${name}" is`);
  }
  if (typeof dtype !== "string" || !Object.hasOwn(arrayTypes, dtype)) {
    throw damaged(path, `"${name}" has the type ${dtype}`);
  }
  const [start, end] = data_offsets;
  return { type: dtype as TensorType, shape, start, end };
}

function damaged(path: string, what: string): DataError {
  return new DataError(
    `Cannot read "${path}": ${what}, expected a whole safetensors file`,
    "Make or copy the file again",
  );
}
