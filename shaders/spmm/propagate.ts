/**
 * Sums of powers of a sparse matrix, times a dense one.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { DeviceMatrix, SparseOperator } from "./device_matrix.ts";
import { columnsOf, rowsOf, type RowSubset } from "./row_subset.ts";
import { launchTableProduct } from "./spmm.ts";

/**
 * `scale·Σ_{l=0..layers} Aˡ·x`, differentiated: LightGCN's mean (scale 1/(layers+1)) and the sums of
 * the branch networks (scale 1) of methods.md, §2 and §4.
 *
 * Horner's form `x + A(x + A(x + …))` needs one product a layer and no pass that adds the layers.
 * The gradient is the same polynomial of Aᵀ.
 *
 * @param program The program.
 * @param operator A, `n×n`.
 * @param x `n×d`, d a multiple of 4.
 * @param layers Number of products.
 * @param scale Factor of the sum.
 * @param subset The rows that are read; the last product is done for them alone, and the first one
 * of the backward pass knows that the gradient of all others is zero. All rows where nothing is said.
 * @returns `n×d`; rows outside the subset hold nothing of use.
 */
export function propagateSum(
  program: Program,
  operator: SparseOperator,
  x: Tensor,
  layers: number,
  scale: number,
  subset?: RowSubset,
): Tensor {
  const { rows, columns, differentiable, sliceColumns } = x;
  const y = program.tensor(`propagated ${x.label}`, rows, columns, {
    differentiable,
    sliceColumns,
  });
  // One buffer more than products in turn: a product cannot write what it reads.
  const scratch = layers > 1
    ? [0, 1].slice(0, layers - 1).map((n) =>
      program.tensor(`propagation ${n} of ${x.label}`, rows, columns, {
        differentiable: false,
        sliceColumns,
      })
    )
    : [];
  const horner = (
    matrixOf: (layer: number) => DeviceMatrix,
    from: Tensor,
    to: Tensor,
    accumulate: boolean,
  ) => {
    let current = from;
    for (let layer = 1; layer <= layers; layer++) {
      const isLast = layer === layers;
      const next = isLast ? to : scratch[(layer - 1) % 2];
      const factor = isLast ? scale : 1;
      launchTableProduct(program, matrixOf(layer), current, next, {
        alpha: factor,
        base: from,
        beta: factor,
        accumulate: isLast && accumulate,
      });
      current = next;
    }
  };
  if (layers === 0) throw new Error("propagateSum() needs at least one layer");
  const { matrix } = operator;
  const lastRows = subset && rowsOf(program, matrix, subset);
  horner((layer) => layer === layers && lastRows || matrix, x, y, false);
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { transposed } = operator;
    const firstColumns = subset && columnsOf(program, transposed, subset);
    const { gradient, accumulate } = target;
    horner((layer) => layer === 1 && firstColumns || transposed, dy, gradient, accumulate);
  });
  return y;
}
