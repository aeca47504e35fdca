/**
 * How much of a signal lies in each band and block of columns.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { stackTables } from "../../shaders/columns/stack.ts";
import { unary } from "../../shaders/elementwise/elementwise.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { sumColumns } from "../../shaders/reduce/reduce.ts";

/**
 * The sums of squares of each block of columns of each band. Not differentiated.
 *
 * @param program The program.
 * @param bands M tensors of `rows×(blocks·d)`.
 * @param blocks Blocks of columns.
 * @returns `M×blocks`.
 */
export function blockEnergies(
  program: Program,
  bands: readonly Tensor[],
  blocks: number,
): Tensor {
  const { columns } = bands[0];
  const belongs = Float32Array.from(
    { length: columns * blocks },
    (_, at) => Number(Math.floor(Math.floor(at / blocks) / (columns / blocks)) === at % blocks),
  );
  const options = { data: belongs, differentiable: false };
  const blockOf = program.tensor("blocks of columns", columns, blocks, options);
  const rows = bands.map((band) => {
    const energies = program.tensor(`energies of ${band.label}`, 1, columns);
    sumColumns(program, unary(program, "square", band), energies, false);
    return matmul(program, energies, blockOf);
  });
  return stackTables(program, rows, rows.length, "energies");
}
