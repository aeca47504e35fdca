/**
 * Rows of a sparse matrix cut into chunks of bounded length, so that one hub row does not keep a
 * single worker of the GPU busy while all others wait.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";

/** Marks a chunk that is its whole row and writes its sum straight to the output. */
export const wholeRow = 0xffffffff;

/**
 * The chunks of a matrix, in order of row and entry. A row without entries has one empty chunk, so
 * that every output row is written.
 */
export interface Chunks {
  /** Row of each chunk. */
  readonly chunkRow: Uint32Array;
  /** First entry of each chunk. */
  readonly chunkStart: Uint32Array;
  /** One past the last entry of each chunk. */
  readonly chunkEnd: Uint32Array;
  /** Place of each chunk's partial sum, or {@linkcode wholeRow}. */
  readonly chunkSlot: Uint32Array;
  /** Number of partial sums. */
  readonly slots: number;
  /** Rows of more than one chunk, ascending. */
  readonly splitRow: Uint32Array;
  /** Split row `n` is the sum of the partial sums `splitStart[n]` to `splitStart[n+1]−1`. */
  readonly splitStart: Uint32Array;
}

/**
 * Cuts the rows of a matrix into chunks of at most `maximumEntries` entries.
 *
 * @param matrix Any sparse matrix.
 * @param maximumEntries Entries in a chunk, at least 1.
 * @example
 * ```ts
 * import { buildChunks } from "./chunks.ts";
 * const chunks = buildChunks({
 *   rows: 1,
 *   columns: 3,
 *   rowStart: new Uint32Array([0, 3]),
 *   column: new Uint32Array([0, 1, 2]),
 *   value: new Float32Array(3),
 * }, 2);
 * chunks.chunkEnd; // [2, 3]
 * ```
 */
export function buildChunks(matrix: Csr, maximumEntries: number): Chunks {
  const row: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const slot: number[] = [];
  const splitRow: number[] = [];
  const splitStart: number[] = [0];
  let slots = 0;
  for (let r = 0; r < matrix.rows; r++) {
    const rowEnd = matrix.rowStart[r + 1];
    const isSplit = rowEnd - matrix.rowStart[r] > maximumEntries;
    let from = matrix.rowStart[r];
    do {
      row.push(r);
      start.push(from);
      from = Math.min(from + maximumEntries, rowEnd);
      end.push(from);
      slot.push(isSplit ? slots++ : wholeRow);
    } while (from < rowEnd);
    if (isSplit) {
      splitRow.push(r);
      splitStart.push(slots);
    }
  }
  return {
    chunkRow: Uint32Array.from(row),
    chunkStart: Uint32Array.from(start),
    chunkEnd: Uint32Array.from(end),
    chunkSlot: Uint32Array.from(slot),
    slots,
    splitRow: Uint32Array.from(splitRow),
    splitStart: Uint32Array.from(splitStart),
  };
}
