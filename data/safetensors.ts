/**
 * safetensors files: a JSON header and raw little-endian arrays, what checkpoints and golden files
 * are kept in.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { writeFileAtomically } from "./atomic_file.ts";
import { readFailure } from "./file_failure.ts";

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

const arrayTypes = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U32: Uint32Array,
} as const;

function typeName(values: StoredArray): keyof typeof arrayTypes {
  if (values instanceof Float32Array) return "F32";
  if (values instanceof Float64Array) return "F64";
  return values instanceof Int32Array ? "I32" : "U32";
}

/**
 * The bytes of a file, the same for the same content. Texts and arrays keep their order.
 *
 * @param file What it is to hold.
 * @example
 * ```ts
 * import { encodeSafetensors, parseSafetensors } from "./safetensors.ts";
 * const tensors = new Map([["x", { shape: [2], values: new Float32Array([1, 2]) }]]);
 * const bytes = encodeSafetensors({ metadata: { model: "bpr" }, tensors });
 * parseSafetensors(bytes, "x.safetensors").metadata.model; // "bpr"
 * ```
 */
export function encodeSafetensors(file: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let end = 0;
  for (const [name, { shape, values }] of file.tensors) {
    const start = end;
    end += values.byteLength;
    header[name] = { dtype: typeName(values), shape, data_offsets: [start, end] };
  }
  let text = JSON.stringify(header);
  const encoder = new TextEncoder();
  // Data begin at a multiple of 8, so that any array can be read in place.
  text += " ".repeat((8 - encoder.encode(text).length % 8) % 8);
  const head = encoder.encode(text);
  const bytes = new Uint8Array(8 + head.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const { values } of file.tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Reads the bytes of a file.
 *
 * @param bytes The bytes.
 * @param path Their place, for messages.
 * @throws {DataError} They are no whole safetensors file, or hold a type that Bandpass does not use.
 */
export function parseSafetensors(bytes: Uint8Array<ArrayBuffer>, path: string): SafetensorsFile {
  const damaged = (what: string) =>
    new DataError(
      `Cannot read "${path}": ${what}, expected a whole safetensors file`,
      "Make or copy the file again",
    );
  if (bytes.length < 8) throw damaged(`found ${bytes.length} bytes`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (headerBytes > bytes.length - 8) throw damaged(`it ends inside its header`);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
  } catch {
    throw damaged("its header is no JSON");
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const data = bytes.slice(8 + headerBytes).buffer;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: [start, end] } = entry as {
      dtype: string;
      shape: number[];
      data_offsets: [number, number];
    };
    const ArrayType = arrayTypes[dtype as keyof typeof arrayTypes];
    if (ArrayType === undefined) throw damaged(`"${name}" has the type ${dtype}`);
    if (end > data.byteLength) throw damaged(`it ends inside "${name}"`);
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    if (length * ArrayType.BYTES_PER_ELEMENT !== end - start) {
      throw damaged(`"${name}" has ${end - start} bytes for the shape ${shape.join("×")}`);
    }
    tensors.set(name, { shape, values: new ArrayType(data.slice(start, end)) });
  }
  return { metadata: metadata as Record<string, string>, tensors };
}

/**
 * Reads a file.
 *
 * @param path The file.
 * @throws {DataError} It is missing, or no whole safetensors file.
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw readFailure(path, error);
  }
  return parseSafetensors(bytes, path);
}

/**
 * Writes a file under a temporary name, and renames it.
 *
 * @param path The file.
 * @param file What it is to hold.
 * @throws {BandpassError} It cannot be written.
 */
export async function writeSafetensors(path: string, file: SafetensorsFile): Promise<void> {
  await writeFileAtomically(path, encodeSafetensors(file));
}
