/**
 * Graphs whose spectra are known, and a dense one in f64 for all others.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";

/** The undirected graph of some edges; each is given once. */
export function graphOf(
  nodes: number,
  edges: readonly (readonly [number, number, number?])[],
): Csr {
  const rows = Array.from({ length: nodes }, () => new Map<number, number>());
  for (const [a, b, weight = 1] of edges) {
    rows[a].set(b, weight);
    rows[b].set(a, weight);
  }
  const sorted = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  const rowStart = new Uint32Array(nodes + 1);
  sorted.forEach((row, node) => rowStart[node + 1] = rowStart[node] + row.length);
  return {
    rows: nodes,
    columns: nodes,
    rowStart,
    column: Uint32Array.from(sorted.flat(), ([column]) => column),
    value: Float32Array.from(sorted.flat(), ([, weight]) => weight),
  };
}

/** A connected random graph: a path, and further edges. */
export function randomGraph(nodes: number, further: number, seed: number): Csr {
  const next = uniforms(seed);
  const node = () => Math.floor(nodes * next());
  const path = Array.from({ length: nodes - 1 }, (_, n) => [n, n + 1] as const);
  const rest = Array.from({ length: further }, () => [node(), node()] as const);
  return graphOf(nodes, [...path, ...rest.filter(([a, b]) => a !== b)]);
}

/** A connected random bipartite graph of two sides. */
export function randomBipartite(left: number, right: number, further: number, seed: number): Csr {
  const next = uniforms(seed);
  const edges: [number, number][] = [];
  for (let n = 0; n < left + right - 1; n++) {
    edges.push([Math.min(n >> 1, left - 1), left + Math.min((n + 1) >> 1, right - 1)]);
  }
  for (let n = 0; n < Math.max(left, right); n++) edges.push([n % left, left + n % right]);
  for (let n = 0; n < further; n++) {
    edges.push([Math.floor(left * next()), left + Math.floor(right * next())]);
  }
  return graphOf(left + right, edges);
}

/** The hypercube of 2ᵈ nodes: eigenvalue 1−2k/d of Â has the multiplicity d over k. */
export function hypercube(dimensions: number): Csr {
  const nodes = 2 ** dimensions;
  const edges = Array.from(
    { length: nodes },
    (_, node) =>
      Array.from({ length: dimensions }, (_, bit) => [node, node ^ (1 << bit)] as const)
        .filter(([a, b]) => a < b),
  ).flat();
  return graphOf(nodes, edges);
}

/** All edges there can be: eigenvalues 1 and, n−1 times, −1/(n−1). */
export function completeGraph(nodes: number): Csr {
  const edges: [number, number][] = [];
  for (let a = 0; a < nodes; a++) for (let b = 0; b < a; b++) edges.push([a, b]);
  return graphOf(nodes, edges);
}

/** All edges between two sides: eigenvalues 1, 0 and −1. */
export function completeBipartite(left: number, right: number): Csr {
  const edges: [number, number][] = [];
  for (let a = 0; a < left; a++) for (let b = 0; b < right; b++) edges.push([a, left + b]);
  return graphOf(left + right, edges);
}

/** Graphs beside each other, and nodes without edges after them. */
export function union(parts: readonly Csr[], isolated = 0): Csr {
  const edges: [number, number, number][] = [];
  let first = 0;
  for (const { rows, rowStart, column, value } of parts) {
    for (let node = 0; node < rows; node++) {
      for (let entry = rowStart[node]; entry < rowStart[node + 1]; entry++) {
        edges.push([first + node, first + column[entry], value[entry]]);
      }
    }
    first += rows;
  }
  return graphOf(first + isolated, edges);
}

/** All eigenvalues of Â in f64, descending. */
export function denseSpectrum({ rows: nodes, rowStart, column, value }: Csr): Float64Array {
  const degrees = new Float64Array(nodes);
  const each = (use: (row: number, column: number, value: number) => void) => {
    for (let row = 0; row < nodes; row++) {
      for (let entry = rowStart[row]; entry < rowStart[row + 1]; entry++) {
        use(row, column[entry], value[entry]);
      }
    }
  };
  each((row, _, weight) => degrees[row] += weight);
  const dense = new Float64Array(nodes * nodes);
  each((row, other, weight) =>
    dense[row * nodes + other] = weight / Math.sqrt(degrees[row] * degrees[other])
  );
  return symmetricEigen(dense, nodes).values;
}
