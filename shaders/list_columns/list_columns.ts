/**
 * Lists of rows as the columns of a dense matrix: what operators that multiply from the left take.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { fill } from "../elementwise/elementwise.ts";
import type { RowLists } from "../sparse_row_sum/sparse_row_sum.ts";
import placeSource from "./place.wgsl" with { type: "text" };

const place = kernel("list_columns/place", placeSource);

/** Workgroups of one list have as many invocations. */
const groupSize = 64;
/** Turns of the loop of an invocation (webgpu.md, trap 1). */
const mostTurns = 32_768;

/**
 * Appends `x[r, c] = weight[r]` where list `firstList + c` names row r, and 0 elsewhere. No gradient flows:
 * it is for scores of what nothing is trained in.
 *
 * @param program The program.
 * @param lists Which rows; lists beyond the last are empty.
 * @param firstList The list of the first column.
 * @param x `R×d`.
 * @param weight The value of each row (default: 1).
 */
export function placeLists(
  program: Program,
  lists: RowLists,
  firstList: number,
  x: Tensor,
  weight?: Bindable,
): void {
  const count = Math.min(x.columns, lists.count - firstList);
  const entries = mostTurns * groupSize;
  fill(program, x, 0);
  // A list names no row twice, so it has at most as many entries as there are rows.
  for (let first = 0; first < x.rows; first += entries) {
    program.launch(place, {
      buffers: { list_start: lists.start, list: lists.rows, weight: weight ?? lists.start, x },
      partial: ["x"],
      uniforms: { lists: count, first_list: firstList, columns: x.columns, first, entries },
      constants: { has_weight: Number(weight !== undefined) },
      threads: count * groupSize,
      workgroupSize: groupSize,
    });
  }
}
