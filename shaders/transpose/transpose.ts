/**
 * The transpose of a matrix, or of a part of it.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("transpose/forward", forwardSource);

/** What {@linkcode launchTranspose} does beside the transposition. */
export interface TransposeOptions {
  /** How many columns of x are transposed (default: all). */
  readonly columns?: number;
  /** The first of them (default: 0). */
  readonly xColumn?: number;
  /** The first row of y that is written (default: 0). */
  readonly yRow?: number;
  /** A factor of each row of x (default: 1). */
  readonly scale?: Bindable;
  /** A factor of all of x (default: 1). */
  readonly weight?: number;
  /** Whether to add to what y holds. */
  readonly accumulate?: boolean;
}

/**
 * Appends `y[yRow + c, r] = weight·scale[r]·x[r, xColumn + c]`; columns of y beyond the rows of x become 0. Not
 * differentiated.
 *
 * @param program The program.
 * @param x `R×d`.
 * @param y At least `yRow+columns` rows of at least R columns.
 * @param options Which part, the factors, and whether to add.
 * @throws {Error} y is too small.
 */
export function launchTranspose(
  program: Program,
  x: Tensor,
  y: Tensor,
  options: TransposeOptions = {},
): void {
  const { columns = x.columns, xColumn = 0, yRow = 0, scale, weight = 1, accumulate = false } =
    options;
  if (y.rows < yRow + columns || y.columns < x.rows) {
    throw new Error(
      `"${y.label}" is ${y.rows}×${y.columns}, expected at least ${yRow + columns}×${x.rows}`,
    );
  }
  program.launch(forward, {
    buffers: { x, scale: scale ?? x, y },
    partial: columns < y.rows ? ["y"] : [],
    uniforms: {
      rows: x.rows,
      columns,
      x_stride: x.columns,
      x_column: xColumn,
      y_stride: y.columns,
      y_row: yRow,
      weight,
    },
    constants: { has_scale: Number(scale !== undefined), accumulate: Number(accumulate) },
    threads: Math.ceil(columns / 4) * y.columns,
  });
}
