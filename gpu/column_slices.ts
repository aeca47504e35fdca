/**
 * Tables larger than a storage binding, cut by columns: slice after slice in one buffer, each `rows×width`
 * and row-major. A sparse product works column by column, so that a sum has the same order in slices as it
 * has in one table, and the same bytes.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./gpu.ts";
import { megabytes } from "./memory.ts";
import { type BufferRange, rangeOf, rangeStep, type Tensor } from "./tensor.ts";

/** Some columns of a table, stored together. */
export interface ColumnSlice {
  /** The first column. */
  readonly first: number;
  /** How many. */
  readonly columns: number;
  /** Where they are: `rows×columns`, row-major. */
  readonly range: BufferRange;
}

/** The shape of a table, and the columns of a slice where it is cut. */
export type TableShape = Pick<Tensor, "rows" | "columns" | "sliceColumns">;

/** Columns of 64 bytes, a line of a CPU's cache: a row of a slice then lies in as few lines as it can. */
const lineColumns = 16;

/**
 * The columns of a slice of a table, or `undefined` where the device binds the table whole.
 *
 * @param gpu The device.
 * @param label What the table holds.
 * @param rows Number of rows.
 * @param columns Number of columns, a multiple of 4.
 * @throws {GpuError} Not even four columns fit.
 */
export function sliceWidth(
  { limits: { maxStorageBufferBindingSize: limit }, name }: Pick<Gpu, "limits" | "name">,
  label: string,
  rows: number,
  columns: number,
): number | undefined {
  const fitting = Math.floor(limit / (rows * 4));
  if (fitting >= columns) return undefined;
  const step = fitting >= lineColumns ? lineColumns : 4;
  const widest = fitting - fitting % step;
  if (widest === 0) {
    throw new GpuError(
      `Cannot bind "${label}": four columns of ${rows} rows have ${
        megabytes(rows * 16)
      }, "${name}" ` +
        `binds at most ${megabytes(limit)}`,
      "Train on fewer users and items, or use an adapter with larger bindings",
    );
  }
  // Slices of about the same width: the last one costs a pass, however narrow it is.
  return Math.ceil(columns / Math.ceil(columns / widest) / step) * step;
}

/**
 * Bytes of a table.
 *
 * @param shape Its shape.
 */
export function tableBytes(shape: TableShape): number {
  const last = slicesOf(shape).at(-1);
  return last === undefined ? 0 : last.offset + shape.rows * last.columns * 4;
}

/**
 * The slices of a table; one where it is whole.
 *
 * @param table The table.
 */
export function columnSlices(table: Tensor): ColumnSlice[] {
  const { allocation, rows } = table;
  return slicesOf(table).map(({ first, columns, offset }) => ({
    first,
    columns,
    range: table.sliceColumns === undefined
      ? rangeOf(table)
      : { allocation, offset, bytes: rows * columns * 4 },
  }));
}

/**
 * Where some rows of a table are: a range a slice.
 *
 * @param table The table.
 * @param first The first row.
 * @param rows How many.
 */
export function rangesOfRows(table: Tensor, first: number, rows: number): BufferRange[] {
  return columnSlices(table).map(({ columns, range: { allocation, offset } }) => ({
    allocation,
    offset: offset + first * columns * 4,
    bytes: rows * columns * 4,
  }));
}

/**
 * Rows of all columns, from those of the slices.
 *
 * @param table The table that they are of.
 * @param parts The rows in each slice, row-major.
 * @returns `rows×columns`, row-major.
 */
export function joinSlices(
  table: Tensor,
  parts: readonly Uint32Array[],
): Uint32Array<ArrayBuffer> {
  const slices = columnSlices(table);
  const rows = parts[0].length / slices[0].columns;
  const joined = new Uint32Array(rows * table.columns);
  slices.forEach(({ first, columns }, n) => {
    for (let row = 0; row < rows; row++) {
      const values = parts[n].subarray(row * columns, (row + 1) * columns);
      joined.set(values, row * table.columns + first);
    }
  });
  return joined;
}

/** Consecutive words of a buffer. */
export interface PlacedWords {
  /** The first byte in the buffer. */
  readonly offset: number;
  /** The words. */
  readonly words: Uint32Array;
}

/**
 * Where numbers of a table go in its buffer.
 *
 * @param table The table.
 * @param words Numbers that follow one another in row-major order, as words.
 * @param first The first of them, counted from the first number of the table.
 */
export function* placesInSlices(
  table: TableShape,
  words: Uint32Array,
  first = 0,
): Generator<PlacedWords> {
  if (table.sliceColumns === undefined) return yield { offset: first * 4, words };
  const end = first + words.length;
  for (const { first: from, columns, offset } of slicesOf(table)) {
    const firstRow = Math.floor(first / table.columns);
    const lastRow = Math.floor((end - 1) / table.columns);
    const placed = new Uint32Array((lastRow - firstRow + 1) * columns);
    let start: number | undefined;
    let filled = 0;
    for (let row = firstRow; row <= lastRow; row++) {
      const at = row * table.columns + from;
      const [low, high] = [Math.max(at, first), Math.min(at + columns, end)];
      if (low >= high) continue;
      start ??= row * columns + low - at;
      placed.set(words.subarray(low - first, high - first), filled);
      filled += high - low;
    }
    if (start === undefined) continue;
    yield { offset: offset + start * 4, words: placed.subarray(0, filled) };
  }
}

/**
 * The numbers of a table in the order in which its buffer has them.
 *
 * @param shape Its rows, its columns, and the columns of a slice.
 * @param values `rows×columns`, row-major.
 */
export function inSlices(shape: TableShape, values: Float32Array): Float32Array {
  if (shape.sliceColumns === undefined) return values;
  const stored = new Uint32Array(tableBytes(shape) / 4);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (const place of placesInSlices(shape, words)) stored.set(place.words, place.offset / 4);
  return new Float32Array(stored.buffer);
}

/** The slices of a shape, and the first byte of each. */
function slicesOf({ rows, columns, sliceColumns = columns }: TableShape) {
  const stride = Math.ceil(rows * sliceColumns / rangeStep) * rangeStep * 4;
  return Array.from({ length: Math.ceil(columns / sliceColumns) }, (_, n) => ({
    first: n * sliceColumns,
    columns: Math.min(sliceColumns, columns - n * sliceColumns),
    offset: n * stride,
  }));
}
