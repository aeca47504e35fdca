/**
 * Rows of tables on the device, read by the CPU.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { streamRows } from "../gpu/readback.ts";
import type { TableRows } from "../models/model.ts";

/** The rows of all items on the CPU. */
export interface ItemRows {
  /** `I×columns`, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
  /** Numbers a row. */
  readonly columns: number;
}

/**
 * Reads rows of a table block by block.
 *
 * @param memory Where the table is.
 * @param rows Which rows.
 * @returns Their bytes, row-major, cut anywhere; a block is valid until the next one is asked for.
 */
export function streamTableRows(
  memory: Memory,
  { table, firstRow, rows }: TableRows,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return streamRows(memory, table, firstRow, rows);
}

/**
 * Reads rows of a table.
 *
 * @param memory Where the table is.
 * @param rows Which rows.
 * @returns `rows×columns`, row-major.
 */
export async function readTableRows(
  memory: Memory,
  rows: TableRows,
): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(rows.rows * rows.table.columns);
  const bytes = new Uint8Array(values.buffer);
  let filled = 0;
  for await (const block of streamTableRows(memory, rows)) {
    bytes.set(block, filled);
    filled += block.length;
  }
  return values;
}
