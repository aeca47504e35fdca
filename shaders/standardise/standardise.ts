/**
 * Scores of users brought to mean 0 and deviation 1 over what they may get.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { rangeOf, type Tensor } from "../../gpu/tensor.ts";
import type { RowLists } from "../sparse_row_sum/sparse_row_sum.ts";
import componentsSource from "../common/element/components.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("standardise/forward", componentsSource, forwardSource);

/** Invocations of a workgroup, as the kernel has it. */
const threads = 64;

/**
 * Appends `y[p, i] = weight·(x[p, i] − mean_p)/deviation_p` (z-scores), mean and deviation of a row being those of the
 * columns that its list does not name. Rows in which these are all the same give zeros. No gradient flows: it is for
 * scores of what nothing is trained in.
 *
 * @param program The program.
 * @param x `rows×stride`, stride a multiple of 4; it is written, and holds what it held, but for padding.
 * @param lists Which columns of each row are left out of mean and deviation, ascending, each once.
 * @param columns Columns that count; those up to the stride are padding.
 * @param y `rows×stride`; its padding holds nothing of use.
 * @param how The factor, and whether it is added to what y holds (default: 1, and it is not).
 * @throws {Error} The tensors differ in their shape or are not by fours, or there are not as many lists as rows.
 */
export function standardiseRows(
  program: Program,
  x: Tensor,
  lists: RowLists,
  columns: number,
  y: Tensor,
  { weight, accumulate }: { readonly weight: number; readonly accumulate: boolean } = {
    weight: 1,
    accumulate: false,
  },
): void {
  const { rows, columns: stride } = x;
  if (
    y.rows !== rows || y.columns !== stride || lists.count !== rows || columns > stride ||
    stride % 4
  ) {
    throw new Error(
      `"${y.label}" is ${y.rows}×${y.columns} with ${lists.count} lists, expected ${rows}×${stride} ` +
        "by fours, and as many lists as rows",
    );
  }
  const aside = program.buffer("scores set aside", rangeOf(lists.rows).bytes);
  program.launch(forward, {
    buffers: { x, list_start: lists.start, list: lists.rows, aside, y },
    uniforms: { rows, columns, vectors: stride / 4, weight },
    partial: ["x"],
    overwrites: accumulate ? ["aside"] : ["aside", "y"],
    constants: { accumulate: Number(accumulate) },
    threads: rows * threads,
    workgroupSize: threads,
  });
}
