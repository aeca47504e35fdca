/**
 * Sums of the rows of a sparse matrix that lists name: a product of sparse rows of zeros and ones with a
 * sparse matrix, into a dense one.
 *
 * @module
 */
import { type Csr, rowCounts } from "../../algebra/csr.ts";
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation, Memory } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import sumSource from "./sum.wgsl" with { type: "text" };

const sum = kernel("sparse_row_sum/sum", sumSource);

/** A sparse matrix on the device whose rows are summed. */
export interface SummableRows {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** The most entries of a row. */
  readonly longest: number;
  /** The entries of row r are `rowStart[r]` to `rowStart[r+1]−1`. */
  readonly rowStart: Allocation;
  /** The column of each entry. */
  readonly column: Allocation;
  /** The value of each entry. */
  readonly value: Allocation;
}

/**
 * Plans a sparse matrix whose rows are to be summed.
 *
 * @param memory Where it is planned.
 * @param label What it is; the owner of its buffers.
 * @param matrix The matrix.
 */
export function uploadRows(memory: Memory, label: string, matrix: Csr): SummableRows {
  const { rows, columns, rowStart, column, value } = matrix;
  const plan = (what: string, data: Uint32Array | Float32Array) =>
    memory.reserve(`${label} ${what}`, data.byteLength, label, data);
  return {
    rows,
    columns,
    longest: rowCounts(matrix).reduce((most, count) => Math.max(most, count), 0),
    rowStart: plan("row starts", rowStart),
    column: plan("columns", column),
    value: plan("values", value),
  };
}

/** Lists of rows on the device. */
export interface RowLists {
  /** How many lists. */
  readonly count: number;
  /** List p is `rows[start[p]]` to `rows[start[p+1]−1]`. */
  readonly start: Bindable;
  /** Row indices, none twice in a list. */
  readonly rows: Bindable;
}

/** Workgroups of one list have as many invocations. */
const groupSize = 64;

/** Turns of loops that an invocation may take (webgpu.md, trap 1), with room for clearing a row of sums. */
const mostTurns = 32_768;

/**
 * Appends `sums[p, :] = weight·Σ_n matrix[lists[p][n], :]`, added in the order of the list. No gradient flows: it
 * is for scores of what nothing is trained in.
 *
 * @param program The program.
 * @param lists Which rows.
 * @param matrix The matrix, `R×C`.
 * @param sums `P×stride`, stride at least C; columns beyond C get 0.
 * @param how The factor (default: 1), and whether to add to what the sums hold (default: they are stored).
 * @throws {Error} The sums have too few rows or columns.
 */
export function sumSparseRows(
  program: Program,
  lists: RowLists,
  matrix: SummableRows,
  sums: Tensor,
  { weight = 1, accumulate = false }: { weight?: number; accumulate?: boolean } = {},
): void {
  if (sums.rows < lists.count || sums.columns < matrix.columns) {
    throw new Error(
      `"${sums.label}" is ${sums.rows}×${sums.columns}, expected at least ` +
        `${lists.count}×${matrix.columns}`,
    );
  }
  const { rowStart, column, value, longest, rows } = matrix;
  // A list names no row twice, so it has at most as many entries as there are rows.
  const entries = Math.max(1, Math.floor(mostTurns / (1 + Math.ceil(longest / groupSize))));
  for (let first = 0; first === 0 || first < rows; first += entries) {
    const clears = first === 0 && !accumulate;
    program.launch(sum, {
      buffers: {
        list_start: lists.start,
        list: lists.rows,
        row_start: rowStart,
        column,
        value,
        sums,
      },
      partial: lists.count < sums.rows ? ["sums"] : [],
      overwrites: clears ? ["sums"] : [],
      uniforms: { lists: lists.count, stride: sums.columns, first, entries, weight },
      constants: { clears: Number(clears) },
      threads: lists.count * groupSize,
      workgroupSize: groupSize,
    });
  }
}
