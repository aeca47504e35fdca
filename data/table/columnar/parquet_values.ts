/**
 * The encodings of Parquet (https://parquet.apache.org/docs/file-format/data-pages/encodings/).
 *
 * Nothing is made room for that the bytes of a page cannot fill: hyparquet's own reader of runs makes
 * arrays as long as a damaged byte says.
 *
 * @module
 */
import { deltaBinaryUnpack } from "hyparquet/delta";
import type { Encoding, ParquetType } from "hyparquet";
import type { StoredValues } from "./column_kind.ts";
import { Damage, evenPlaces, mostValues, TextWriter } from "./texts.ts";

/** How wide the values of a column are. */
export interface Width {
  /** The type that they are stored as. */
  readonly type: ParquetType;
  /** Bytes of a value, of `FIXED_LEN_BYTE_ARRAY`. */
  readonly length?: number;
}

const tooShort = () => new Damage("a page ends before its values do");

/**
 * Runs and packed bits: levels, indices in dictionaries, booleans.
 *
 * @param bytes Holds them.
 * @param from Where they begin.
 * @param to Where they end.
 * @param width Bits of a value.
 * @param count How many there are.
 * @throws {Damage} There are fewer.
 */
export function readRuns(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  count: number,
): Uint32Array {
  if (count > mostValues) throw new Damage(`a page claims ${count} values`);
  if (width > 32 || to > bytes.length) throw tooShort();
  const values = new Uint32Array(count);
  if (width === 0) return values;
  const runBytes = (width + 7) >> 3;
  let [at, done] = [from, 0];
  while (done < count) {
    let header = 0;
    for (let shift = 0;; shift += 7) {
      if (at >= to || shift > 28) throw tooShort();
      const byte = bytes[at++];
      header += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      if (at + runBytes > to || length === 0) throw tooShort();
      let value = 0;
      for (let n = 0; n < runBytes; n++) value += bytes[at++] * 2 ** (8 * n);
      const end = Math.min(count, done + length);
      values.fill(value, done, end);
      done = end;
      continue;
    }
    const wanted = Math.min(8 * length, count - done);
    // Some writers leave the padding of the last eight values out.
    if (length === 0 || (to - at) * 8 < wanted * width) throw tooShort();
    readBits(bytes, at, width, values, done, wanted);
    at += length * width;
    done += wanted;
  }
  return values;
}

function readBits(
  bytes: Uint8Array,
  from: number,
  width: number,
  values: Uint32Array,
  first: number,
  count: number,
): void {
  if (width > 24) {
    // Such a value may lie in five bytes, which no integer of 32 bits holds.
    for (let n = 0; n < count; n++) {
      const bit = n * width;
      const start = from + (bit >> 3);
      let sum = 0;
      for (let k = 4; k >= 0; k--) sum = sum * 256 + (bytes[start + k] ?? 0);
      values[first + n] = Math.floor(sum / 2 ** (bit & 7)) % 2 ** width;
    }
    return;
  }
  const mask = (1 << width) - 1;
  let [at, held, bits] = [from, 0, 0];
  for (let n = first; n < first + count; n++) {
    for (; bits < width; bits += 8) held |= bytes[at++] << bits;
    values[n] = held & mask;
    held >>>= width;
    bits -= width;
  }
}

/**
 * The values of a page, or those of a dictionary.
 *
 * @param bytes The page, unpacked.
 * @param from Where they begin in it.
 * @param count How many there are.
 * @param encoding How they are encoded.
 * @param width How wide they are.
 * @throws {Damage} There are fewer, or they are encoded in another way.
 */
export function readValues(
  bytes: Uint8Array,
  from: number,
  count: number,
  encoding: Encoding,
  width: Width,
): StoredValues {
  if (count > mostValues || from > bytes.length) throw new Damage(`a page claims ${count} values`);
  switch (encoding) {
    case "PLAIN":
      return readPlain(bytes, from, count, width);
    case "RLE":
      return { numbers: Uint8Array.from(readBooleanRuns(bytes, from, count, width)) };
    case "BYTE_STREAM_SPLIT":
      return readPlain(unsplit(bytes, from, count, byteWidth(width)), 0, count, width);
    case "DELTA_BINARY_PACKED":
      return { numbers: readDeltas(bytes, from, count, width.type === "INT64").numbers };
    case "DELTA_LENGTH_BYTE_ARRAY":
      return readDeltaLengths(bytes, from, count);
    case "DELTA_BYTE_ARRAY":
      return readPrefixes(bytes, from, count);
    default:
      throw new Damage(`its values are encoded as ${encoding}, which is not known`);
  }
}

function byteWidth({ type, length }: Width): number {
  if (type === "FIXED_LEN_BYTE_ARRAY" && length !== undefined && length > 0) return length;
  const width = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8, INT96: 12 }[type as string];
  if (width === undefined) throw new Damage(`its values are of the type ${type}`);
  return width;
}

function readPlain(bytes: Uint8Array, from: number, count: number, width: Width): StoredValues {
  const { type } = width;
  if (type === "BYTE_ARRAY") return readPlainTexts(bytes, from, count);
  if (type === "BOOLEAN") {
    if (count > 8 * (bytes.length - from)) throw tooShort();
    const numbers = new Uint8Array(count);
    for (let n = 0; n < count; n++) numbers[n] = (bytes[from + (n >> 3)] >> (n & 7)) & 1;
    return { numbers };
  }
  const each = byteWidth(width);
  if (count * each > bytes.length - from) throw tooShort();
  if (type === "INT96" || type === "FIXED_LEN_BYTE_ARRAY") {
    return { bytes, ...evenPlaces(count, from, each) };
  }
  // Aligned, and its own: the bytes may be those of the file.
  const { buffer } = bytes.slice(from, from + count * each);
  switch (type) {
    case "INT32":
      return { numbers: new Int32Array(buffer) };
    case "INT64":
      return { numbers: new BigInt64Array(buffer) };
    case "FLOAT":
      return { numbers: new Float32Array(buffer) };
    default:
      return { numbers: new Float64Array(buffer) };
  }
}

function readPlainTexts(bytes: Uint8Array, from: number, count: number): StoredValues {
  if (4 * count > bytes.length - from) throw tooShort();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  let at = from;
  for (let n = 0; n < count; n++) {
    if (at + 4 > bytes.length) throw tooShort();
    const length = view.getUint32(at, true);
    at += 4;
    if (length > bytes.length - at) throw tooShort();
    start[n] = at;
    at += length;
    end[n] = at;
  }
  return { bytes, start, end };
}

function readBooleanRuns(bytes: Uint8Array, from: number, count: number, { type }: Width) {
  if (type !== "BOOLEAN") throw new Damage(`its ${type} values are encoded as RLE`);
  if (count === 0) return new Uint32Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (from + 4 > bytes.length) throw tooShort();
  return readRuns(bytes, from + 4, from + 4 + view.getUint32(from, true), 1, count);
}

/** Bytes of all values that were parted: first all first ones, then all second ones. */
function unsplit(bytes: Uint8Array, from: number, count: number, width: number): Uint8Array {
  if (count * width > bytes.length - from) throw tooShort();
  const joined = new Uint8Array(count * width);
  for (let k = 0; k < width; k++) {
    for (let n = 0; n < count; n++) joined[n * width + k] = bytes[from + k * count + n];
  }
  return joined;
}

function readDeltas(bytes: Uint8Array, from: number, count: number, isLong: boolean) {
  const numbers = isLong ? new BigInt64Array(count) : new Int32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: from };
  // Numbers of no values have a header all the same, which lengths of texts are behind.
  deltaBinaryUnpack(reader, count, numbers);
  return { numbers, end: reader.offset };
}

function readLengths(bytes: Uint8Array, from: number, count: number) {
  const { numbers, end } = readDeltas(bytes, from, count, false);
  const lengths = numbers as Int32Array;
  if (lengths.some((length) => length < 0)) throw new Damage("a text has a length below 0");
  return { lengths, end };
}

function readDeltaLengths(bytes: Uint8Array, from: number, count: number): StoredValues {
  const { lengths, end: first } = readLengths(bytes, from, count);
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  let at = first;
  for (let n = 0; n < count; n++) {
    if (lengths[n] > bytes.length - at) throw tooShort();
    start[n] = at;
    at += lengths[n];
    end[n] = at;
  }
  return { bytes, start, end };
}

/** Texts that begin as the ones before them. */
function readPrefixes(bytes: Uint8Array, from: number, count: number): StoredValues {
  const { lengths: prefixes, end: middle } = readLengths(bytes, from, count);
  const { lengths: suffixes, end: first } = readLengths(bytes, middle, count);
  const writer = new TextWriter();
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  let at = first;
  for (let n = 0; n < count; n++) {
    const before = n === 0 ? 0 : end[n - 1] - start[n - 1];
    if (prefixes[n] > before || suffixes[n] > bytes.length - at) throw tooShort();
    start[n] = writer.length;
    if (n > 0) writer.copy(writer.bytes, start[n - 1], start[n - 1] + prefixes[n]);
    writer.copy(bytes, at, at + suffixes[n]);
    at += suffixes[n];
    end[n] = writer.length;
  }
  return { bytes: writer.bytes, start, end };
}
