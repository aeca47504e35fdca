/**
 * The eigenvalue after those that were found: whether they end within a repeated one.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { symmetricEigenAsync } from "../algebra/symmetric_eigen.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { graphStructure } from "./graph_structure.ts";
import { largestEigenpairs } from "./lanczos.ts";
import { normalisedAdjacency } from "./normalised_adjacency.ts";
import { adjacencyOperator, gramOperator } from "./spectrum_operator.ts";
import type { GraphSpectrum, SpectrumPlan } from "./spectrum_plan.ts";

/** Blocks of the basis: few, for one eigenpair is wanted. */
const basisBlocks = 8;
/** Where found vectors and basis have more of the whole space than this, it is solved densely. */
const largestShare = 0.8;
/** As in the search for the others (`spectrum_solver.ts`). */
const safety = 0.5;

/**
 * Finds the next eigenvalue by a search that leaves out all vectors that were found.
 *
 * @param gpu The device.
 * @param adjacency A, `N×N`.
 * @param spectrum What was found.
 * @param plan How.
 * @returns The eigenvalue; −∞ where there is none, or none of a use: where the smaller side of a bipartite
 * graph is at its end.
 * @throws {BandpassError} It has not converged.
 */
export async function solveNext(
  gpu: Gpu,
  adjacency: Csr,
  { values, vectors, operator: kind }: GraphSpectrum,
  { label, tolerance, block, seed, restarts, signal }: SpectrumPlan,
): Promise<number> {
  const k = values.length;
  const graph = normalisedAdjacency(adjacency, label);
  const structure = graphStructure(graph.matrix);
  if (structure.components.length > k) return 1;
  const isGram = kind === "gram";
  const operator = (isGram ? gramOperator : adjacencyOperator)(graph, structure, 0);
  const { size, append, valueOf, residualFactor } = operator;
  if (k >= size) return -Infinity;
  const basis = basisBlocks * block;
  if (k + basis > largestShare * size) {
    return valueOf((await symmetricEigenAsync(operator.dense(), size, signal)).values[k]);
  }
  const nodes = isGram ? structure.sides!.smaller : Uint32Array.from({ length: size }, (_, n) => n);
  const known = Array.from(values, (_, column) => unitVector(vectors, k, column, nodes));
  const found = await largestEigenpairs(gpu, {
    ...{ label, size, append, known },
    tolerance: (value) => safety * tolerance * residualFactor(value),
  }, { eigenpairs: 1, block, basis, seed, restarts, signal });
  return valueOf(found.values[0]);
}

/** A column of an `N×K` table at some nodes, of unit length. */
function unitVector(
  table: Float32Array,
  columns: number,
  column: number,
  nodes: Uint32Array,
): Float32Array {
  const vector = Float32Array.from(nodes, (node) => table[node * columns + column]);
  const length = Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));
  return vector.map((entry) => entry / length);
}
