/**
 * Rows of length 1.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { blockOf, type TableBlock } from "../columns/table_block.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumLanesSource from "../common/lanes/sum_lanes.wgsl" with { type: "text" };
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import backwardOperandsSource from "./backward_operands.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import forwardOperandsSource from "./forward_operands.wgsl" with { type: "text" };
import lanesBackwardSource from "./lanes_backward.wgsl" with { type: "text" };
import lanesForwardSource from "./lanes_forward.wgsl" with { type: "text" };

const forward = elementKernel("row_norm/forward", forwardOperandsSource, forwardSource);
const backward = elementKernel("row_norm/backward", backwardOperandsSource, backwardSource);
const lanesForward = elementKernel(
  "row_norm/lanes_forward",
  forwardOperandsSource,
  lanesSource,
  sumLanesSource,
  lanesForwardSource,
);
const lanesBackward = elementKernel(
  "row_norm/lanes_backward",
  backwardOperandsSource,
  lanesSource,
  sumLanesSource,
  lanesBackwardSource,
);

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
 * @param grid Tables, or some columns of them; those beside each other have as many rows, those below
 * as many columns.
 * @param label What the result is called.
 * @returns `Σ rows×Σ columns`.
 */
export function normaliseGrid(
  program: Program,
  grid: readonly (readonly (Tensor | TableBlock)[])[],
  label: string,
): Tensor {
  const blocks = grid.map((row) => row.map(blockOf));
  const rows = blocks.reduce((sum, [{ table }]) => sum + table.rows, 0);
  const columns = blocks[0].reduce((sum, { columns }) => sum + columns, 0);
  const differentiable = blocks.some((row) => row.some(({ table }) => table.differentiable));
  const y = program.tensor(label, rows, columns, { differentiable });
  const isAligned = blocks.every((row) =>
    row.every(({ table, column, columns }) =>
      table.columns % 4 === 0 && column % 4 === 0 && columns % 4 === 0
    )
  );
  const { software } = program.memory.gpu;
  const { width, kernel } = (software ? forward : lanesForward)(isAligned ? 4 : 1);
  let firstRow = 0;
  const parts = blocks.flatMap((row) => {
    let firstColumn = 0;
    const placed = row.map(({ table: x, column, columns: own }) => {
      const uniforms = {
        rows: x.rows,
        columns: own / width,
        x_columns: x.columns / width,
        x_column: column / width,
        y_columns: columns / width,
        first_row: firstRow,
        first_column: firstColumn / width,
      };
      firstColumn += own;
      const isPart = own < x.columns;
      return { x, isPart, uniforms, length: program.buffer(`lengths of ${x.label}`, x.rows * 4) };
    });
    firstRow += row[0].table.rows;
    return placed;
  });
  for (const { x, uniforms, length } of parts) {
    const isLast = length === parts.at(-1)?.length;
    program.launch(kernel, {
      buffers: { x, y, length },
      partial: isLast ? [] : ["y"],
      uniforms,
      ...dealtRows(program.memory.gpu, x.rows, uniforms.columns),
    });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { x, isPart, uniforms, length } of parts) {
      const target = program.gradientTarget(x);
      if (target === undefined) continue;
      if (isPart && !target.accumulate) fill(program, target.gradient, 0);
      const constants = { accumulate: Number(isPart || target.accumulate) };
      program.launch((software ? backward : lanesBackward)(isAligned ? 4 : 1).kernel, {
        buffers: { y, length, dy, dx: target.gradient },
        uniforms,
        ...dealtRows(program.memory.gpu, x.rows, uniforms.columns, constants),
      });
    }
  });
  return y;
}
