/**
 * A sparse matrix on the device: what its products, the choice of its rows and its upload share.
 *
 * @module
 */
import type { Allocation } from "../../gpu/memory.ts";

/** Chunks of a matrix whose entries the device binds together. */
export interface MatrixBlock {
  /** (column, value) of each entry. */
  readonly entries: Allocation;
  /** Which entry of the matrix stands in each place: the order in which chunks are stored. */
  readonly entryOrder: Uint32Array;
  /** Number of chunks. */
  readonly chunkCount: number;
  /** (row, start, end, slot) of each chunk, as the matrix was given; entries are counted within the block. */
  readonly chunkWords: Uint32Array;
  /** The same on the device. */
  readonly chunks: Allocation;
  /** How many of the chunks count, where that changes with the step, u32. */
  readonly chosenCount?: Allocation;
}

/** A sparse matrix on the device. */
export interface DeviceMatrix {
  /** What it is. */
  readonly label: string;
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Its chunks and their entries: one block, or several where a binding is too small for all. */
  readonly blocks: readonly MatrixBlock[];
  /** Column of each entry of the matrix. */
  readonly entryColumns: Uint32Array;
  /** Number of partial sums. */
  readonly slots: number;
  /** Number of rows with partial sums. */
  readonly splitCount: number;
  /** (row, first slot, end slot, 0) of each split row. */
  readonly splits: Allocation;
}

/** A sparse matrix with what its backward pass needs. */
export interface SparseOperator {
  /** A. */
  readonly matrix: DeviceMatrix;
  /** Aᵀ; A itself where it is symmetric. It is planned when it is first asked for: only gradients need it. */
  readonly transposed: DeviceMatrix;
}
