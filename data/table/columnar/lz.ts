/**
 * The two formats of compressed bytes that Node's library lacks: Snappy and LZ4. hyparquet's reader of
 * Snappy can run in circles on damaged bytes.
 *
 * @module
 */
import { copyBytes, Damage } from "./texts.ts";

/** No length of either format means more bytes: what claims to is refused before it is made room for. */
export const mostExpansion = 256;

const cut = () => new Damage("its compressed bytes are damaged");

/** Copies bytes that were written before; where the parts overlap they repeat. */
function repeat(output: Uint8Array, at: number, offset: number, length: number): number {
  if (offset === 0 || offset > at || at + length > output.length) throw cut();
  if (offset >= length) copyBytes(output, at - offset, at - offset + length, output, at);
  else for (let n = at; n < at + length; n++) output[n] = output[n - offset];
  return at + length;
}

function literal(
  input: Uint8Array,
  from: number,
  length: number,
  output: Uint8Array,
  at: number,
): void {
  if (length > input.length - from || length > output.length - at) throw cut();
  copyBytes(input, from, from + length, output, at);
}

/**
 * Unpacks Snappy (https://github.com/google/snappy/blob/main/format_description.txt).
 *
 * @param input Packed bytes, with their length in front.
 * @param output Takes them.
 * @throws {Damage} They are damaged, or have another length.
 */
export function unpackSnappy(input: Uint8Array, output: Uint8Array): void {
  let from = 0;
  while (input[from] >= 128) from++;
  from++;
  let at = 0;
  while (from < input.length) {
    const tag = input[from++];
    if ((tag & 3) === 0) {
      let length = (tag >>> 2) + 1;
      if (length > 60) {
        const bytes = length - 60;
        if (bytes > input.length - from) throw cut();
        length = 1;
        for (let n = 0; n < bytes; n++) length += input[from++] * 2 ** (8 * n);
      }
      literal(input, from, length, output, at);
      from += length;
      at += length;
      continue;
    }
    const bytes = (tag & 3) === 3 ? 4 : tag & 3;
    if (bytes > input.length - from) throw cut();
    let offset = 0;
    for (let n = 0; n < bytes; n++) offset += input[from++] * 2 ** (8 * n);
    if (bytes === 1) at = repeat(output, at, offset + ((tag >>> 5) << 8), ((tag >>> 2) & 7) + 4);
    else at = repeat(output, at, offset, (tag >>> 2) + 1);
  }
  if (at !== output.length) throw cut();
}

/**
 * Unpacks a block of LZ4 (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md).
 *
 * @param input Packed bytes.
 * @param output Takes them.
 * @param start Where in it they go.
 * @returns Where they end.
 * @throws {Damage} They are damaged, or longer than the room for them.
 */
export function unpackLz4Block(input: Uint8Array, output: Uint8Array, start = 0): number {
  let [from, at] = [0, start];
  const more = (short: number) => {
    let length = short;
    if (short < 15) return length;
    for (let byte = 255; byte === 255;) {
      if (from >= input.length) throw cut();
      length += byte = input[from++];
    }
    return length;
  };
  while (from < input.length) {
    const token = input[from++];
    const literals = more(token >>> 4);
    literal(input, from, literals, output, at);
    from += literals;
    at += literals;
    if (from === input.length) break;
    if (from + 2 > input.length) throw cut();
    const offset = input[from] | (input[from + 1] << 8);
    from += 2;
    at = repeat(output, at, offset, more(token & 15) + 4);
  }
  return at;
}

/**
 * Unpacks LZ4 as Hadoop frames it: blocks with both lengths in front. Parquet's codec "LZ4" is this or,
 * from other writers, a bare block.
 *
 * @param input Packed bytes.
 * @param output Takes them.
 * @throws {Damage} They are neither.
 */
export function unpackLz4Hadoop(input: Uint8Array, output: Uint8Array): void {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let [from, at] = [0, 0];
  while (input.length - from > 8) {
    const [unpacked, packed] = [view.getUint32(from), view.getUint32(from + 4)];
    if (packed > input.length - from - 8 || unpacked > output.length - at) break;
    from += 8;
    let end: number;
    try {
      end = unpackLz4Block(input.subarray(from, from + packed), output, at);
    } catch {
      break; // It is no block, and the lengths were none.
    }
    if (end !== at + unpacked) break;
    at = end;
    from += packed;
  }
  if (from === input.length && at === output.length) return;
  if (unpackLz4Block(input, output) !== output.length) throw cut();
}

const frameMagic = 0x184d2204;

/**
 * Unpacks a frame of LZ4, as Arrow has them
 * (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). Its checksums are passed over.
 *
 * @param input Packed bytes.
 * @param output Takes them.
 * @throws {Damage} They are damaged, or have another length.
 */
export function unpackLz4Frame(input: Uint8Array, output: Uint8Array): void {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < 11 || view.getUint32(0, true) !== frameMagic) throw cut();
  const flags = input[4];
  const hasBlockChecksum = (flags & 16) !== 0;
  // Behind the flags: the block size, the length of the content, the id of a dictionary, a checksum.
  let from = 6 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0) + 1;
  let at = 0;
  for (;;) {
    if (from + 4 > input.length) throw cut();
    const size = view.getUint32(from, true);
    from += 4;
    if (size === 0) break;
    const length = size & 0x7fffffff;
    if (length > input.length - from) throw cut();
    if (size > 0x7fffffff) {
      literal(input, from, length, output, at);
      at += length;
    } else at = unpackLz4Block(input.subarray(from, from + length), output, at);
    from += length + (hasBlockChecksum ? 4 : 0);
  }
  if (at !== output.length) throw cut();
}
