/**
 * Eigenvectors of the interaction graph.
 *
 * @module
 */
import type { Csr } from "../../data/csr.ts";
import { UsageError } from "../../errors.ts";
import { symmetricEigen } from "../../graph/symmetric_eigen.ts";
import type { ModelContext } from "../model.ts";
import type { SettingSpecs } from "../settings.ts";

/** Leading eigenpairs of a graph. */
export interface GraphBasis {
  /** K eigenvalues of Â, descending. */
  readonly values: ArrayLike<number>;
  /** `N×K`, orthonormal columns in the order of the values. */
  readonly vectors: Float32Array;
}

/** Graphs up to this size are solved whole, in f64 on the CPU: it takes a second. */
const largestDense = 512;

/**
 * The leading eigenpairs of Â.
 *
 * @param context The setting `eigenpairs`; a graph has no more of them than nodes.
 * @param adjacency Â, symmetric.
 * @throws {UsageError} The graph is larger than what can be solved.
 */
export function interactionBasis(
  context: ModelContext<SettingSpecs> & { readonly settings: { readonly eigenpairs: number } },
  adjacency: Csr,
): Promise<GraphBasis> {
  const { rows } = adjacency;
  const count = Math.min(context.settings.eigenpairs, rows);
  if (rows <= largestDense) return Promise.resolve(denseBasis(adjacency, count));
  throw new UsageError(
    `Cannot set "decomposition" to "gft": the graph has ${rows} nodes, at most ${largestDense}`,
    "Use decomposition=chebyshev",
  );
}

function denseBasis(adjacency: Csr, count: number): GraphBasis {
  const { rows, rowStart, column, value } = adjacency;
  const dense = new Float64Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) {
      dense[row * rows + column[n]] = value[n];
    }
  }
  const { values, vectors } = symmetricEigen(dense, rows);
  const leading = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < count; k++) leading[row * count + k] = vectors[row * rows + k];
  }
  return { values: values.subarray(0, count), vectors: leading };
}
