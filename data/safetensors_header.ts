/**
 * The header of a safetensors file: which tensors it holds, of what type and shape, and where.
 *
 * Source: the format's own description, github.com/huggingface/safetensors.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { excerpt, excerptOfJson } from "./excerpt.ts";
import { repeatedKey } from "./repeated_key.ts";

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
 * What a header says, held against the size of the file: the tensors fill the rest of it, one behind the
 * other, as the format wants it.
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
  for (const [name, entry] of Object.entries(entries)) {
    const { type, shape, start, end } = entryOf(name, entry, path);
    if (end > dataBytes) throw damaged(path, `it ends inside "${excerpt(name)}"`);
    if (tensorBytes({ type, shape }) !== end - start) {
      const dimensions = excerpt(shape.join("×"));
      throw damaged(
        path,
        `"${excerpt(name)}" has ${end - start} bytes for the shape ${dimensions}`,
      );
    }
    tensors.set(name, { type, shape, offset: dataStart + start, bytes: end - start });
  }
  refuseGaps(tensors, dataStart, fileBytes, path);
  return { metadata: textsOf(metadata, path), tensors };
}

/** Two tensors in one place, or a place of none, is damage, or a file that hides something. */
function refuseGaps(
  tensors: ReadonlyMap<string, TensorPlace>,
  dataStart: number,
  fileBytes: number,
  path: string,
): void {
  const places = [...tensors].sort(([, a], [, b]) => a.offset - b.offset || a.bytes - b.bytes);
  let end = dataStart;
  for (const [name, { offset, bytes }] of places) {
    if (offset < end) throw damaged(path, `"${excerpt(name)}" overlaps another tensor`);
    if (offset > end) {
      throw damaged(path, `${offset - end} bytes before "${excerpt(name)}" belong to no tensor`);
    }
    end += bytes;
  }
  if (end < fileBytes) throw damaged(path, `${fileBytes - end} bytes come after its last tensor`);
}

function objectOf(text: Uint8Array, path: string): Record<string, unknown> {
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    throw damaged(path, "its header is not UTF-8");
  }
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch {
    throw damaged(path, "its header is not JSON");
  }
  // The format wants it to begin with the brace.
  if (!json.startsWith("{")) throw damaged(path, "its header is not a JSON object");
  const repeated = repeatedKey(json);
  if (repeated !== undefined) throw damaged(path, `its header has "${excerpt(repeated)}" twice`);
  return header as Record<string, unknown>;
}

function textsOf(metadata: unknown, path: string): Record<string, string> {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) {
    throw damaged(path, `its "__metadata__" is ${excerptOfJson(metadata)}`);
  }
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === "string") continue;
    throw damaged(path, `its "__metadata__" has ${excerptOfJson(value)} for "${excerpt(name)}"`);
  }
  return metadata as Record<string, string>;
}

function entryOf(name: string, entry: unknown, path: string) {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!isShape(shape) || !areSizes(data_offsets) || data_offsets.length !== 2) {
    throw damaged(path, `its header does not say where "${excerpt(name)}" is`);
  }
  if (typeof dtype !== "string" || !Object.hasOwn(arrayTypes, dtype)) {
    throw damaged(
      path,
      `"${excerpt(name)}" has the type ${excerptOfJson(dtype)}`,
      `Bandpass reads ${Object.keys(arrayTypes).join(", ")}: convert the file`,
    );
  }
  const [start, end] = data_offsets;
  return { type: dtype as TensorType, shape, start, end };
}

const isSize = (value: unknown) =>
  Number.isSafeInteger(value) && value as number >= 0 && !Object.is(value, -0);

function areSizes(values: unknown): values is number[] {
  return Array.isArray(values) && values.every(isSize);
}

/** Its product has to be exact, even where a zero behind it would hide that it is not. */
function isShape(values: unknown): values is number[] {
  let product = 1;
  return areSizes(values) && values.every((value) => Number.isSafeInteger(product *= value));
}

function damaged(
  path: string,
  what: string,
  nextStep = "Make or copy the file again",
): DataError {
  return new DataError(
    `Cannot read "${path}": ${what}, expected a whole safetensors file`,
    nextStep,
  );
}
