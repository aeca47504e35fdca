/**
 * Matrices side by side.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program, Tensor } from "../../gpu/program.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const copy = kernel("columns/forward", forwardSource);

/**
 * `[x_0 | x_1 | …]`, differentiated.
 *
 * @param program The program.
 * @param parts Tensors of the same number of rows.
 * @param label What the result is called.
 * @returns `rows×Σ columns`.
 */
export function concatenateColumns(
  program: Program,
  parts: readonly Tensor[],
  label = parts.map((part) => part.label).join(" | "),
): Tensor {
  const rows = parts[0].rows;
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const differentiable = parts.some((part) => part.differentiable);
  const y = program.tensor(label, rows, columns, { differentiable });
  let start = 0;
  const blocks = parts.map((part) => {
    const block = { part, start };
    start += part.columns;
    return block;
  });
  for (const { part, start } of blocks) copyColumns(program, part, 0, y, start, part.columns);
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { part, start } of blocks) {
      const target = program.gradientTarget(part);
      if (target === undefined) continue;
      copyColumns(program, dy, start, target.gradient, 0, part.columns, target.accumulate);
    }
  });
  return y;
}

/**
 * Appends a copy of a block of columns. Not differentiated.
 *
 * @param program The program.
 * @param x Where from.
 * @param xColumn The first column there.
 * @param y Where to.
 * @param yColumn The first column there.
 * @param width Number of columns.
 * @param accumulate Whether to add.
 */
export function copyColumns(
  program: Program,
  x: Tensor,
  xColumn: number,
  y: Tensor,
  yColumn: number,
  width: number,
  accumulate = false,
): void {
  program.launch(copy, {
    buffers: { x, y },
    uniforms: {
      rows: x.rows,
      width,
      x_columns: x.columns,
      x_column: xColumn,
      y_columns: y.columns,
      y_column: yColumn,
    },
    constants: { accumulate: Number(accumulate) },
    threads: x.rows * width,
  });
}
