/**
 * The weights of the regressions of each variable on all others, from the inverse of their covariance: what
 * EASE scores by (Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019).
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { diagonalOf, type SymmetricMatrix } from "../cholesky_inverse/symmetric_matrix.ts";
import weightsSource from "./weights.wgsl" with { type: "text" };

const weights = kernel("regression_weights/weights", weightsSource);

/**
 * Appends `P_ij ← −P_ij/P_jj` off the diagonal and `P_ii ← 0`: column j has the weights by which the
 * others predict variable j. The table is not symmetric any more.
 *
 * @param program The program.
 * @param matrix P, both halves of it.
 */
export function regressionWeights(program: Program, matrix: SymmetricMatrix): void {
  const diagonal = diagonalOf(program, matrix);
  for (const { first, table } of matrix.blocks) {
    const { rows, columns } = table;
    program.launch(weights, {
      buffers: { a: table, diagonal },
      uniforms: { rows, vectors: columns / 4, first },
      threads: rows * columns / 4,
    });
  }
}
