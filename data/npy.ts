/**
 * NumPy's `.npy` files: dense little-endian arrays in C order (format versions 1, 2 and 3).
 *
 * Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { writeBodyAtomically, writePartsAtomically } from "./atomic_file.ts";
import { excerpt } from "./excerpt.ts";
import { readFailure } from "./file_failure.ts";
import { assertDictionary, entryIn, shapeIn } from "./npy_header.ts";
import { readFully } from "./read_fully.ts";
import { fileSize, openRegularFile } from "./regular_file.ts";

/** A dense array. */
export interface NpyArray {
  /** Its size in each dimension; empty for a scalar. */
  readonly shape: readonly number[];
  /** Its values in C order, rounded to f32. */
  readonly values: Float32Array<ArrayBuffer>;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"

/** Bytes converted at a time, so that reading needs little more memory than the result. */
const blockBytes = 1 << 20;

/** That of a dense array has some hundred bytes; more is damage that must not cost memory. */
const longestHeader = 1 << 16;

type ElementType = "<f2" | "<f4" | "<f8" | "<i4" | "<i8";

const bytesPerElement: Record<ElementType, number> = {
  "<f2": 2,
  "<f4": 4,
  "<f8": 8,
  "<i4": 4,
  "<i8": 8,
};

interface Header {
  readonly elementType: ElementType;
  readonly shape: readonly number[];
  /** Where the values begin in the file. */
  readonly offset: number;
}

/**
 * Reads a `.npy` file of f2, f4, f8, i4 or i8 values as f32.
 *
 * @param path The file.
 * @throws {DataError} Not a `.npy` file, another element type, Fortran order, or a size that is
 * not what the header says.
 * @example
 * ```ts
 * import { readNpy, writeNpy } from "./npy.ts";
 * const path = `${await Deno.makeTempDir()}/a.npy`;
 * await writeNpy(path, [2, 2], new Float32Array([1, 2, 3, 4]));
 * (await readNpy(path)).shape; // [2, 2]
 * ```
 */
export async function readNpy(path: string): Promise<NpyArray> {
  try {
    using file = await openRegularFile(path);
    const fileBytes = await fileSize(file);
    const { elementType, shape, offset } = await readHeader(file, path, fileBytes);
    const size = sizeOf(shape);
    const expected = offset + size * bytesPerElement[elementType];
    if (fileBytes !== expected) {
      throw new DataError(
        `Cannot read "${path}": found ${fileBytes} bytes, expected ${expected} for shape ` +
          `(${shape.join(", ")}) of ${elementType}`,
        fileBytes < expected
          ? "The file is truncated: copy or download it again"
          : "The file holds more than one array: save each to its own file with numpy.save",
      );
    }
    const values = new Float32Array(size);
    if (elementType === "<f4") await readFully(file, path, new Uint8Array(values.buffer));
    else await readConverted(file, path, elementType, values);
    return { shape, values };
  } catch (error) {
    throw readFailure(path, error);
  }
}

/**
 * The shape of a `.npy` file, without its values.
 *
 * @param path The file.
 * @throws {DataError} As {@linkcode readNpy}, but for the size.
 */
export async function readNpyShape(path: string): Promise<readonly number[]> {
  try {
    using file = await openRegularFile(path);
    return (await readHeader(file, path, await fileSize(file))).shape;
  } catch (error) {
    throw readFailure(path, error);
  }
}

/** The arrays that are written, as f4, f8 or i4. */
export type NpyValues = Float32Array | Float64Array | Int32Array;

/**
 * Writes a `.npy` file (f4, f8 or i4 after the type of `values`), atomically.
 *
 * @param path The file; its folder must exist.
 * @param shape The size in each dimension.
 * @param values The values in C order.
 * @throws {BandpassError} The file cannot be written.
 * @example
 * ```ts
 * import { writeNpy } from "./npy.ts";
 * await writeNpy(`${await Deno.makeTempDir()}/a.npy`, [3], new Int32Array([1, 2, 3]));
 * ```
 */
export async function writeNpy(
  path: string,
  shape: readonly number[],
  values: NpyValues,
): Promise<void> {
  refuseOtherSize(shape, values);
  await writePartsAtomically(path, [encodeHeader(elementTypeOf(values), shape), bytesOf(values)]);
}

/**
 * Writes a `.npy` file of f4 whose values come block by block: an array of any size, in the memory of
 * a block.
 *
 * @param path The file; its folder must exist.
 * @param shape The size in each dimension.
 * @param blocks The bytes of the values in C order, as many as the shape holds.
 * @throws {BandpassError} The file cannot be written.
 * @example
 * ```ts
 * import { streamNpy } from "./npy.ts";
 * const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
 * await streamNpy(`${await Deno.makeTempDir()}/a.npy`, [2, 2], [bytes]);
 * ```
 */
export async function streamNpy(
  path: string,
  shape: readonly number[],
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await writeBodyAtomically(path, encodeHeader("<f4", shape), 4 * sizeOf(shape), blocks);
}

/**
 * The bytes of a `.npy` file of version 1.
 *
 * @param shape The size in each dimension; its product must be the number of values.
 * @param values The values in C order.
 * @example
 * ```ts
 * import { encodeNpy } from "./npy.ts";
 * encodeNpy([2, 1], new Float64Array([1, 2])).length; // 128 + 2 * 8
 * ```
 */
export function encodeNpy(shape: readonly number[], values: NpyValues): Uint8Array<ArrayBuffer> {
  refuseOtherSize(shape, values);
  const header = encodeHeader(elementTypeOf(values), shape);
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  bytes.set(bytesOf(values), header.length);
  return bytes;
}

function refuseOtherSize(shape: readonly number[], values: NpyValues): void {
  if (sizeOf(shape) === values.length) return;
  throw new RangeError(`Shape (${shape}) does not hold ${values.length} values`);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function bytesOf({ buffer, byteOffset, byteLength }: NpyValues): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function elementTypeOf(values: NpyValues): ElementType {
  if (values instanceof Float32Array) return "<f4";
  return values instanceof Float64Array ? "<f8" : "<i4";
}

/** All that comes before the values. */
function encodeHeader(
  elementType: ElementType,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  // Python writes a tuple of one with a comma at its end.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${elementType}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The format asks that the values begin at a multiple of 64 and the header end in a newline.
  const offset = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(offset);
  bytes.set([...magic, 1, 0, (offset - 10) & 0xff, (offset - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text.padEnd(offset - 11) + "\n"), 10);
  return bytes;
}

async function readHeader(file: Deno.FsFile, path: string, fileBytes: number): Promise<Header> {
  const start = new Uint8Array(Math.min(12, fileBytes));
  await readFully(file, path, start);
  const version = start[6];
  if (
    start.length < 12 || magic.some((byte, n) => start[n] !== byte) || ![1, 2, 3].includes(version)
  ) {
    throw new DataError(
      `Cannot read "${path}": found no .npy header, expected a NumPy file of version 1, 2 or 3`,
      "Write the file with numpy.save (not savez, savetxt or pickle)",
    );
  }
  const view = new DataView(start.buffer);
  const headerStart = version === 1 ? 10 : 12;
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const offset = headerStart + headerBytes;
  if (offset > fileBytes) {
    throw new DataError(
      `Cannot read "${path}": found ${fileBytes} bytes, expected ${offset} for the header alone`,
      "The file is truncated: copy or download it again",
    );
  }
  if (headerBytes > longestHeader) {
    throw new DataError(
      `Cannot read "${path}": found a header of ${headerBytes} bytes, expected at most ` +
        `${longestHeader}`,
      "Write the file again with numpy.save",
    );
  }
  const header = new Uint8Array(headerBytes);
  await file.seek(headerStart, Deno.SeekMode.Start);
  await readFully(file, path, header);
  return { ...parseHeader(new TextDecoder().decode(header), path), offset };
}

/** Reads the Python dictionary `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseHeader(text: string, path: string): Omit<Header, "offset"> {
  assertDictionary(text, path);
  const elementType = entryIn(text, "descr", /^('[^']*'|\[.*\])/)?.replaceAll("'", "");
  const order = entryIn(text, "fortran_order", /^(True|False)/);
  if (elementType === undefined || !Object.hasOwn(bytesPerElement, elementType)) {
    const found = excerpt(elementType ?? text.trim());
    // Only numbers can be cast: fields, objects and texts are lists of Python first.
    const isNumeric = /^[<>|=]?[?biufc]\d/.test(found);
    throw new DataError(
      `Cannot read "${path}": found elements of type "${found}", expected one of ` +
        Object.keys(bytesPerElement).join(", "),
      isNumeric
        ? 'Convert it: numpy.save(path, array.astype("<f4"))'
        : 'Convert it: numpy.save(path, numpy.array(array.tolist(), dtype="<f4"))',
    );
  }
  if (order !== "False") {
    throw new DataError(
      `Cannot read "${path}": found the array in Fortran order, expected C order`,
      "Convert it: numpy.save(path, numpy.ascontiguousarray(array))",
    );
  }
  return { elementType: elementType as ElementType, shape: shapeIn(text, path) };
}

async function readConverted(
  file: Deno.FsFile,
  path: string,
  elementType: ElementType,
  values: Float32Array,
): Promise<void> {
  const elementBytes = bytesPerElement[elementType];
  const block = new ArrayBuffer(Math.min(blockBytes, values.length * elementBytes));
  for (let done = 0; done < values.length;) {
    const count = Math.min(values.length - done, block.byteLength / elementBytes);
    await readFully(file, path, new Uint8Array(block, 0, count * elementBytes));
    values.set(numbersOf(elementType, block, count), done);
    done += count;
  }
}

function numbersOf(elementType: ElementType, block: ArrayBuffer, count: number): ArrayLike<number> {
  switch (elementType) {
    case "<f2":
      return new Float16Array(block, 0, count);
    case "<f4":
      return new Float32Array(block, 0, count);
    case "<f8":
      return new Float64Array(block, 0, count);
    case "<i4":
      return new Int32Array(block, 0, count);
    case "<i8":
      return Float64Array.from(new BigInt64Array(block, 0, count), Number);
  }
}
