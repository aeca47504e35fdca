/**
 * `Â = D^-½ A D^-½` of any weighted graph, and symmetric graphs from directed ones.
 *
 * @module
 */
import { type Csr, transpose } from "../algebra/csr.ts";
import { DataError } from "../errors.ts";
import { weightedSum } from "./merge.ts";

/** Â and what it was made with. */
export interface NormalisedAdjacency {
  /** `N×N`, symmetric; rows of nodes without edges are empty or zero. */
  readonly matrix: Csr;
  /** The sum of the weights of each node's edges, in f64. */
  readonly degrees: Float64Array;
}

/**
 * Normalises the weights of a graph by the degrees of both ends.
 *
 * @param adjacency A, `N×N`, symmetric, with weights of at least 0.
 * @param label What it is; errors name it.
 * @throws {DataError} It is not square or not symmetric, has no edges, or has a weight that is
 * negative or no number.
 * @example
 * ```ts
 * import { normalisedAdjacency } from "./normalised_adjacency.ts";
 * normalisedAdjacency({
 *   rows: 2,
 *   columns: 2,
 *   rowStart: new Uint32Array([0, 1, 2]),
 *   column: new Uint32Array([1, 0]),
 *   value: new Float32Array([5, 5]),
 * }, "a pair").matrix.value; // [1, 1]
 * ```
 */
export function normalisedAdjacency(adjacency: Csr, label: string): NormalisedAdjacency {
  const { rows: nodes, columns, rowStart, column, value } = adjacency;
  const failed = (what: string, nextStep?: string) =>
    new DataError(`Cannot use ${label} as a graph: ${what}`, nextStep);
  if (nodes !== columns) throw failed(`it is ${nodes}×${columns}, expected a square matrix`);
  const degrees = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    for (let entry = rowStart[node]; entry < rowStart[node + 1]; entry++) {
      if (!(value[entry] >= 0 && value[entry] < Infinity)) {
        throw failed(
          `the edge between nodes ${node} and ${column[entry]} has the weight ${value[entry]}, ` +
            "expected a finite number of at least 0",
          "Look for negative or non-finite numbers in the values that the graph was made from",
        );
      }
      degrees[node] += value[entry];
    }
  }
  if (!degrees.some((degree) => degree > 0)) {
    throw failed("it has no edges", "Use a graph with at least one edge of a weight above 0");
  }
  const mirrored = transpose(adjacency);
  const differs = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    for (let n = 0; n < a.length; n++) if (a[n] !== b[n]) return true;
    return a.length !== b.length;
  };
  if (
    differs(rowStart, mirrored.rowStart) || differs(column, mirrored.column) ||
    differs(value, mirrored.value)
  ) {
    throw failed("it is not symmetric", "Give each edge in both directions with the same weight");
  }
  const normalised = new Float32Array(value.length);
  for (let node = 0; node < nodes; node++) {
    for (let entry = rowStart[node]; entry < rowStart[node + 1]; entry++) {
      const product = degrees[node] * degrees[column[entry]];
      normalised[entry] = product > 0 ? value[entry] / Math.sqrt(product) : 0;
    }
  }
  return { matrix: { ...adjacency, value: normalised }, degrees };
}

/**
 * `(A + Aᵀ)/2`, the undirected graph of a directed one, such as that of the nearest items.
 *
 * @param matrix A, `N×N`.
 * @example
 * ```ts
 * import { symmetrised } from "./normalised_adjacency.ts";
 * symmetrised({
 *   rows: 2,
 *   columns: 2,
 *   rowStart: new Uint32Array([0, 1, 1]),
 *   column: new Uint32Array([1]),
 *   value: new Float32Array([1]),
 * }).value; // [0.5, 0.5]
 * ```
 */
export function symmetrised(matrix: Csr): Csr {
  return weightedSum([{ matrix, weight: 0.5 }, { matrix: transpose(matrix), weight: 0.5 }]);
}
