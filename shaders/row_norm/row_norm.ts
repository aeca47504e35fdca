/**
 * Rows of length 1.
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { elementKernel } from "../element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("row_norm/forward", forwardSource);
const backward = elementKernel("row_norm/backward", backwardSource);

/**
 * `x_r/max(‖x_r‖, 1e-12)`, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @returns `rows×columns`; rows of zeros stay zeros.
 */
export function normaliseRows(program: Program, x: Tensor): Tensor {
  return normaliseGrid(program, [[x]], `normalised ${x.label}`);
}

/**
 * Tables beside and below each other, each row of each table normalised by itself, differentiated:
 * `[[a, b], [c, d]]` gives the rows `[a_r/‖a_r‖ | b_r/‖b_r‖]` and below them `[c_r/‖c_r‖ | d_r/‖d_r‖]`.
 *
 * @param program The program.
 * @param grid Tables; those beside each other have as many rows, those below as many columns.
 * @param label What the result is called.
 * @returns `Σ rows×Σ columns`.
 */
export function normaliseGrid(
  program: Program,
  grid: readonly (readonly Tensor[])[],
  label: string,
): Tensor {
  const rows = grid.reduce((sum, [{ rows }]) => sum + rows, 0);
  const columns = grid[0].reduce((sum, { columns }) => sum + columns, 0);
  const differentiable = grid.some((tables) => tables.some((table) => table.differentiable));
  const y = program.tensor(label, rows, columns, { differentiable });
  const isAligned = grid[0].every(({ columns }) => columns % 4 === 0);
  const { width, kernel } = forward(isAligned ? 4 : 1);
  let firstRow = 0;
  const parts = grid.flatMap((tables) => {
    let firstColumn = 0;
    const placed = tables.map((x) => {
      const uniforms = {
        rows: x.rows,
        columns: x.columns / width,
        y_columns: columns / width,
        first_row: firstRow,
        first_column: firstColumn / width,
      };
      firstColumn += x.columns;
      return { x, uniforms, length: program.buffer(`lengths of ${x.label}`, x.rows * 4) };
    });
    firstRow += tables[0].rows;
    return placed;
  });
  for (const { x, uniforms, length } of parts) {
    program.launch(kernel, { buffers: { x, y, length }, uniforms, threads: x.rows });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { x, uniforms, length } of parts) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      program.launch(backward(isAligned ? 4 : 1).kernel, {
        buffers: { y, length, dy, dx: target.gradient },
        uniforms,
        constants: { accumulate: Number(target.accumulate) },
        threads: x.rows,
      });
    }
  });
  return y;
}
