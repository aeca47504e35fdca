/**
 * Sums of the rows of a dense table that lists name: a product of sparse rows of zeros and ones with a dense
 * matrix. `sparse_row_sum/` does it for a sparse one.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { RowLists } from "../sparse_row_sum/sparse_row_sum.ts";
import sumSource from "./sum.wgsl" with { type: "text" };

const sum = kernel("dense_row_sum/sum", sumSource);

/** Entries of a list that an invocation takes in a launch (webgpu.md, trap 1). */
const mostTurns = 32_768;

/** Consecutive rows of a table that is too large to be bound whole. */
export interface TableRowsPart {
  /** The first row. */
  readonly firstRow: number;
  /** Rows of the whole table. */
  readonly of: number;
  /** Whether to add to what the sums hold of other rows. */
  readonly accumulate: boolean;
}

/**
 * Appends `sums[p, :] = Σ_n table[lists[p][n], :]`, added in the order of the list. No gradient flows: it is
 * for scores of what nothing is trained in.
 *
 * @param program The program.
 * @param lists Which rows.
 * @param table `R×d`, d a multiple of 4.
 * @param sums `P×d`.
 * @param part Which rows of a larger table there are (default: it is whole).
 * @throws {Error} The sums have too few rows, or the widths differ or are no multiple of 4.
 */
export function sumDenseRows(
  program: Program,
  lists: RowLists,
  table: Tensor,
  sums: Tensor,
  part: TableRowsPart = { firstRow: 0, of: table.rows, accumulate: false },
): void {
  const { columns, rows } = table;
  const { firstRow, of } = part;
  if (sums.rows < lists.count || sums.columns !== columns || columns % 4 !== 0) {
    throw new Error(
      `"${sums.label}" is ${sums.rows}×${sums.columns}, expected at least ${lists.count}×${columns}, ` +
        "columns by fours",
    );
  }
  const vectors = columns / 4;
  // A list names no row twice, so it has at most as many entries as there are rows.
  for (let first = 0; first === 0 || first < of; first += mostTurns) {
    const accumulate = first > 0 || part.accumulate;
    program.launch(sum, {
      buffers: { list_start: lists.start, list: lists.rows, table, sums },
      partial: lists.count < sums.rows ? ["sums"] : [],
      overwrites: accumulate ? [] : ["sums"],
      uniforms: {
        ...{ lists: lists.count, vectors, first, entries: mostTurns },
        ...{ first_row: firstRow, rows },
      },
      constants: { accumulate: Number(accumulate) },
      threads: lists.count * vectors,
    });
  }
}
