/**
 * Matrices side by side, and parts of matrices.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { fill } from "../elementwise/elementwise.ts";
import { gather } from "../gather/gather.ts";
import { rowList } from "../gather/row_lists.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const copy = elementKernel("columns/forward", forwardSource);

/** Rows that an invocation of kernels takes that go down a column; the first division finds all of them. */
export const rowsOfInvocation = 4;

/**
 * The same for kernels whose rows bring little beside those divisions, which are cheap on hardware.
 *
 * @param gpu The device.
 */
export function rowsWorthSharing({ software }: Pick<Gpu, "software">): number {
  return software ? rowsOfInvocation : 1;
}

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
  label: string = parts.map((part) => part.label).join(" | "),
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
  for (const { part, start } of blocks) {
    const isLast = start + part.columns === columns;
    copyColumns(program, part, 0, y, start, part.columns, { completes: isLast });
  }
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { part, start } of blocks) {
      const target = program.gradientTarget(part);
      if (target === undefined) continue;
      copyColumns(program, dy, start, target.gradient, 0, part.columns, {
        accumulate: target.accumulate,
      });
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
 * @param options Whether to add; and whether the rest of y has been written before, as it has where there
 * is no rest.
 */
export function copyColumns(
  program: Program,
  x: Tensor,
  xColumn: number,
  y: Tensor,
  yColumn: number,
  width: number,
  options: { accumulate?: boolean; completes?: boolean } = {},
): void {
  const { accumulate = false, completes = width === y.columns } = options;
  // A single row is copied as several shorter ones, which lie behind each other.
  const isCut = x.rows === 1 && width % (4 * rowsOfInvocation) === 0;
  const [rows, part] = isCut ? [rowsOfInvocation, width / rowsOfInvocation] : [x.rows, width];
  const sizes = {
    width: part,
    x_columns: isCut ? part : x.columns,
    x_column: xColumn,
    y_columns: isCut ? part : y.columns,
    y_column: yColumn,
  };
  // Whole vectors, where all borders are borders of vectors.
  const isAligned = Object.values(sizes).every((size) => size % 4 === 0);
  const { kernel, width: element } = copy(isAligned ? 4 : 1);
  const inElements = Object.entries(sizes).map(([name, size]) => [name, size / element]);
  program.launch(kernel, {
    buffers: { x, y },
    partial: completes ? [] : ["y"],
    uniforms: { rows, ...Object.fromEntries(inElements) },
    constants: { accumulate: Number(accumulate), rows_each: rowsOfInvocation },
    threads: Math.ceil(rows / rowsOfInvocation) * part / element,
  });
}

/**
 * Some consecutive columns of a matrix, copied, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @param first The first column.
 * @param count Number of columns.
 * @returns `rows×count`.
 */
export function sliceColumns(program: Program, x: Tensor, first: number, count: number): Tensor {
  const { rows, differentiable } = x;
  const y = program.tensor(`columns ${first} on of ${x.label}`, rows, count, { differentiable });
  copyColumns(program, x, first, y, 0, count);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient, accumulate } = target;
    if (!accumulate) fill(program, gradient, 0);
    copyColumns(program, dy, 0, gradient, first, count, { accumulate: true });
  });
  return y;
}

/**
 * Some consecutive rows of a matrix, copied, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @param first The first row.
 * @param count Number of rows.
 * @returns `count×columns`, all columns side by side.
 */
export function sliceRows(program: Program, x: Tensor, first: number, count: number): Tensor {
  const { columns, differentiable } = x;
  if (x.sliceColumns !== undefined) {
    const all = Uint32Array.from({ length: count }, (_, row) => row);
    const list = rowList(program, `rows ${first} on`, count, all);
    return gather(program, x, { ...list, distinct: true }, first);
  }
  const label = `rows ${first} on of ${x.label}`;
  const y = program.tensor(label, count, columns, { differentiable });
  // Consecutive rows are a block of columns of the matrix written as one row.
  const flat = (tensor: Tensor) => ({ ...tensor, rows: 1, columns: tensor.rows * tensor.columns });
  const [start, width] = [first * columns, count * columns];
  copyColumns(program, flat(x), start, flat(y), 0, width);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient, accumulate } = target;
    if (!accumulate) fill(program, gradient, 0);
    copyColumns(program, flat(dy), 0, flat(gradient), start, width, { accumulate: true });
  });
  return y;
}
