/**
 * Unpacks compressed pages and buffers into no more memory than they can fill.
 *
 * @module
 */
import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from "node:zlib";
import {
  mostExpansion,
  unpackLz4Block,
  unpackLz4Frame,
  unpackLz4Hadoop,
  unpackSnappy,
} from "./lz.ts";
import { Damage, mostBytes } from "./texts.ts";

/** A way to compress, as Parquet calls them; `LZ4_FRAME` is Arrow's. */
export type Codec =
  | "UNCOMPRESSED"
  | "SNAPPY"
  | "GZIP"
  | "BROTLI"
  | "ZSTD"
  | "LZ4"
  | "LZ4_RAW"
  | "LZ4_FRAME";

type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

/** By Node's library, which stops where there is more. */
const native =
  (unpack: (packed: Uint8Array, options: object) => Uint8Array): Unpack => (packed, length) => {
    const unpacked = unpack(packed, { maxOutputLength: Math.max(1, length) });
    // A Buffer's own slice() would not copy.
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  };

/** Into memory of the length that is claimed, if so few bytes can become that many. */
const own =
  (unpack: (packed: Uint8Array, output: Uint8Array) => unknown): Unpack => (packed, length) => {
    if (length > mostExpansion * packed.length) throw new Damage(`it claims ${length} bytes`);
    const output = new Uint8Array(length);
    unpack(packed, output);
    return output;
  };

/** Parquet's codec is gzip; some writers leave its header out. */
function gunzip(packed: Uint8Array, options: object): Uint8Array {
  if (packed[0] === 0x1f && packed[1] === 0x8b) return gunzipSync(packed, options);
  return (packed[0] & 15) === 8 ? inflateSync(packed, options) : inflateRawSync(packed, options);
}

const codecs: Readonly<Record<Codec, Unpack>> = {
  UNCOMPRESSED: (packed) => packed,
  SNAPPY: own(unpackSnappy),
  GZIP: native(gunzip),
  BROTLI: native(brotliDecompressSync),
  ZSTD: native(zstdDecompressSync),
  LZ4: own(unpackLz4Hadoop),
  LZ4_RAW: own(unpackLz4Block),
  LZ4_FRAME: own(unpackLz4Frame),
};

/** Whether bytes that were packed so can be unpacked. */
export function isCodec(name: string): name is Codec {
  return Object.hasOwn(codecs, name);
}

/**
 * Unpacks bytes.
 *
 * @param packed The bytes.
 * @param length How many they are to become.
 * @param codec How they are packed.
 * @throws {Damage} They are damaged, or become another number of bytes.
 * @example
 * ```ts
 * import { gzipSync } from "node:zlib";
 * import { unpack } from "./unpack.ts";
 * unpack(gzipSync(new Uint8Array([7, 7])), 2, "GZIP"); // [7, 7]
 * ```
 */
export function unpack(packed: Uint8Array, length: number, codec: Codec): Uint8Array {
  if (!(length >= 0 && length <= mostBytes)) throw new Damage(`it claims ${length} bytes`);
  if (length === 0 && codec !== "UNCOMPRESSED") return new Uint8Array(0);
  let bytes: Uint8Array;
  try {
    bytes = codecs[codec](packed, length);
  } catch (error) {
    if (error instanceof Damage) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Damage(`its ${codec} data are damaged (${reason})`);
  }
  if (bytes.length === length) return bytes;
  throw new Damage(`it has ${bytes.length} bytes unpacked, expected ${length}`);
}
