/**
 * Sparse matrices in compressed-row form (CSR), the contract between `graph/` and `shaders/`.
 *
 * @module
 */

/** A sparse `rows×columns` matrix; row `r` holds entries `rowStart[r]` to `rowStart[r+1]−1`. */
export interface Csr {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** `rows+1` offsets into `column` and `value`. */
  readonly rowStart: Uint32Array;
  /** Column of each entry, ascending within a row. */
  readonly column: Uint32Array;
  /** Value of each entry. */
  readonly value: Float32Array;
}

/**
 * The transpose of a sparse matrix, its columns ascending within a row.
 *
 * @param matrix A `rows×columns` matrix.
 * @returns A `columns×rows` matrix.
 * @example
 * ```ts
 * import { transpose } from "./csr.ts";
 * transpose({
 *   rows: 1,
 *   columns: 2,
 *   rowStart: new Uint32Array([0, 1]),
 *   column: new Uint32Array([1]),
 *   value: new Float32Array([3]),
 * }).rowStart; // [0, 0, 1]
 * ```
 */
export function transpose(matrix: Csr): Csr {
  const rowStart = new Uint32Array(matrix.columns + 1);
  for (const column of matrix.column) rowStart[column + 1]++;
  for (let row = 0; row < matrix.columns; row++) rowStart[row + 1] += rowStart[row];
  const next = rowStart.slice();
  const column = new Uint32Array(matrix.column.length);
  const value = new Float32Array(matrix.value.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let entry = matrix.rowStart[row]; entry < matrix.rowStart[row + 1]; entry++) {
      const at = next[matrix.column[entry]]++;
      column[at] = row;
      value[at] = matrix.value[entry];
    }
  }
  return { rows: matrix.columns, columns: matrix.rows, rowStart, column, value };
}

/**
 * The number of entries of each row; for a 0/1 matrix, the degrees of its row nodes.
 *
 * @param matrix A `rows×columns` matrix.
 * @returns `rows` counts.
 * @example
 * ```ts
 * import { rowCounts } from "./csr.ts";
 * import { interactionMatrix } from "../graph/interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([2, 1]) };
 * rowCounts(interactionMatrix(pairs, 2, 3)); // [2, 0]
 * ```
 */
export function rowCounts(matrix: Csr): Uint32Array {
  return Uint32Array.from(
    { length: matrix.rows },
    (_, row) => matrix.rowStart[row + 1] - matrix.rowStart[row],
  );
}
