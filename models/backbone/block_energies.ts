/**
 * How much of a signal lies in each band and block of columns.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { unary } from "../../shaders/elementwise/elementwise.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { sumColumns } from "../../shaders/reduce/reduce.ts";

/**
 * The sums of squares of each block of columns of each band. Not differentiated.
 *
 * @param program The program.
 * @param x `rows×(M·blocks·d)`, the bands of a row side by side.
 * @param bands Number of bands M.
 * @param blocks Blocks of columns of a band.
 * @returns `M×blocks`.
 */
export function blockEnergies(
  program: Program,
  x: Tensor,
  bands: number,
  blocks: number,
): Tensor {
  const columns = x.columns / bands;
  const belongs = Float32Array.from(
    { length: columns * blocks },
    (_, at) => Number(Math.floor(Math.floor(at / blocks) / (columns / blocks)) === at % blocks),
  );
  const options = { data: belongs, differentiable: false };
  const blockOf = program.tensor("blocks of columns", columns, blocks, options);
  const energies = program.tensor(`energies of ${x.label}`, 1, x.columns);
  sumColumns(program, unary(program, "square", x), energies, false);
  return matmul(program, reshape(program, energies, columns), blockOf, { label: "energies" });
}
