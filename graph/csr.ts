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
