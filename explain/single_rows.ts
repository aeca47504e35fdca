/**
 * Single rows of many tables on the device, read in one wait.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { TableRows } from "../models/model.ts";

/** A row of a table. */
export interface RowPlace {
  /** The rows that it is among. */
  readonly rows: TableRows;
  /** Which of them. */
  readonly index: number;
}

/**
 * Reads rows.
 *
 * @param memory Where the tables are.
 * @param places Which rows.
 * @returns The numbers of each row, in f64.
 */
export async function readSingleRows(
  memory: Memory,
  places: readonly RowPlace[],
): Promise<Float64Array[]> {
  const ranges = places.map(({ rows: { table, firstRow }, index }) => {
    const bytes = table.columns * 4;
    return { allocation: table.allocation, offset: (firstRow + index) * bytes, bytes };
  });
  const read = await readBuffers(memory, ranges);
  return read.map((bytes) => Float64Array.from(new Float32Array(bytes)));
}

/**
 * The product of two rows.
 *
 * @param a A row.
 * @param b Another one.
 * @example
 * ```ts
 * import { dot } from "./single_rows.ts";
 * dot(Float64Array.of(1, 2), Float64Array.of(3, 4)); // 11
 * ```
 */
export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, c) => sum + value * b[c], 0);
}

/**
 * A weighted sum of rows.
 *
 * @param rows The rows, at least one.
 * @param factor The weight of all of them.
 * @example
 * ```ts
 * import { sumOfRows } from "./single_rows.ts";
 * sumOfRows([Float64Array.of(1), Float64Array.of(2)], 2); // [6]
 * ```
 */
export function sumOfRows(rows: readonly Float64Array[], factor = 1): Float64Array {
  return rows[0].map((_, c) => factor * rows.reduce((sum, row) => sum + row[c], 0));
}
