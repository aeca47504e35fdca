/**
 * Single rows of many tables on the device, read together.
 *
 * @module
 */
import { joinSlices, rangesOfRows } from "../gpu/column_slices.ts";
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

/** Rows that are read in one wait: each takes a buffer of its own, or several where its table is cut. */
const mostTogether = 512;

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
  const read: Float64Array[] = [];
  for (let first = 0; first < places.length; first += mostTogether) {
    const some = places.slice(first, first + mostTogether).map(({ rows, index }) => ({
      table: rows.table,
      ranges: rangesOfRows(rows.table, rows.firstRow + index, 1),
    }));
    const parts = await readBuffers(memory, some.flatMap(({ ranges }) => ranges));
    let at = 0;
    for (const { table, ranges } of some) {
      const words = parts.slice(at, at += ranges.length).map((bytes) => new Uint32Array(bytes));
      read.push(Float64Array.from(new Float32Array(joinSlices(table, words).buffer)));
    }
  }
  return read;
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
