/**
 * Matrices below each other.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { fill } from "../elementwise/elementwise.ts";
import { copyColumns } from "./columns.ts";

/**
 * `[x_0; x_1; …]`, and zeros below, differentiated.
 *
 * @param program The program.
 * @param parts Tensors of the same number of columns.
 * @param rows Rows of the result (default: those of all parts).
 * @param label What the result is called.
 * @returns `rows×columns`.
 */
export function stackTables(
  program: Program,
  parts: readonly Tensor[],
  rows: number = parts.reduce((sum, part) => sum + part.rows, 0),
  label: string = parts.map((part) => part.label).join(" above "),
): Tensor {
  const { columns } = parts[0];
  const differentiable = parts.some((part) => part.differentiable);
  const y = program.tensor(label, rows, columns, { differentiable });
  // Consecutive rows are a block of columns of the matrix written as one row.
  const flat = (tensor: Tensor) => ({ ...tensor, rows: 1, columns: tensor.rows * tensor.columns });
  let start = 0;
  const blocks = parts.map((part) => {
    const block = { part, start, width: part.rows * columns };
    start += block.width;
    return block;
  });
  if (start < rows * columns) fill(program, y, 0);
  blocks.forEach(({ part, start, width }, n) => {
    // What stands above the last part is written then, and what stands below it is filled.
    const completes = n === blocks.length - 1;
    copyColumns(program, flat(part), 0, flat(y), start, width, { completes });
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { part, start, width } of blocks) {
      const target = program.gradientTarget(part);
      if (target === undefined) continue;
      const { gradient, accumulate } = target;
      copyColumns(program, flat(dy), start, flat(gradient), 0, width, { accumulate });
    }
  });
  return y;
}
