/**
 * What the eigensolver works on: Â itself, or for a bipartite graph the Gram operator `R̂ᵀR̂` of its
 * smaller side (webgpu.md, "Eigenpairs").
 *
 * For `Â = [[0, R̂], [R̂ᵀ, 0]]` the positive eigenvalues are the singular values σ of R̂, with the
 * eigenvectors `[R̂v/σ, v]/√2`: the basis is as long as the smaller side has nodes, and the negative
 * half of the spectrum is not there.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { launchSpmm } from "../shaders/spmm/spmm.ts";
import { uploadSparse } from "../shaders/spmm/upload.ts";
import type { GraphStructure } from "./graph_structure.ts";
import type { NormalisedAdjacency } from "./normalised_adjacency.ts";

/** An operator with the eigenpairs of a graph. */
export interface SpectrumOperator {
  /** What it is. */
  readonly name: "adjacency" | "gram";
  /** Its size n. */
  readonly size: number;
  /** Appends `y = operator·x` for x and y of `n×b`. */
  readonly append: (program: Program, x: Tensor, y: Tensor) => void;
  /** The operator as a dense `n×n` matrix. */
  readonly dense: () => Float64Array;
  /** The eigenvectors of eigenvalue 1 that the components give, `D^½·1_C` of unit length. */
  readonly known: readonly Float32Array[];
  /** The eigenvalue of Â that belongs to one of the operator's. */
  readonly valueOf: (eigenvalue: number) => number;
  /** How much smaller than that of Â's eigenpair the residual of the operator's must be. */
  readonly residualFactor: (eigenvalue: number) => number;
  /** Writes an eigenvector of Â, `N` numbers, of any length, for one of the operator's. */
  readonly expand: (vector: Float64Array, value: number, target: Float64Array) => void;
}

/** Â as it is. */
export function adjacencyOperator(
  { matrix, degrees }: NormalisedAdjacency,
  { components }: GraphStructure,
  knownCount: number,
): SpectrumOperator {
  const { rows: size } = matrix;
  return {
    name: "adjacency",
    size,
    append(program, x, y) {
      const { matrix: stored } = uploadSparse(program.memory, "Â", matrix, { symmetric: true });
      launchSpmm(program, stored, x, y, x.columns);
    },
    dense() {
      const dense = new Float64Array(size * size);
      eachEntry(matrix, (row, column, value) => dense[row * size + column] = value);
      return dense;
    },
    known: components.slice(0, knownCount).map((nodes) =>
      componentVector(size, nodes, (node) => node, degrees)
    ),
    valueOf: (eigenvalue) => eigenvalue,
    residualFactor: () => 1,
    expand: (vector, _, target) => target.set(vector),
  };
}

/** `R̂ᵀR̂` of the smaller side of a bipartite graph. */
export function gramOperator(
  { matrix, degrees }: NormalisedAdjacency,
  { components, sides }: GraphStructure,
  knownCount: number,
): SpectrumOperator {
  const { smaller, larger } = sides!;
  const size = smaller.length;
  const place = new Uint32Array(matrix.rows).fill(none);
  smaller.forEach((node, n) => place[node] = n);
  const block = rowsOfSide(matrix, larger, place, size);
  return {
    name: "gram",
    size,
    append(program, x, y) {
      const { matrix: r, transposed } = uploadSparse(program.memory, "R̂", block);
      const between = program.tensor("image on the larger side", larger.length, x.columns);
      launchSpmm(program, r, x, between, x.columns);
      launchSpmm(program, transposed, between, y, x.columns);
    },
    dense() {
      const dense = new Float64Array(size * size);
      const { rowStart, column, value } = block;
      for (let row = 0; row < block.rows; row++) {
        for (let a = rowStart[row]; a < rowStart[row + 1]; a++) {
          for (let b = rowStart[row]; b < rowStart[row + 1]; b++) {
            dense[column[a] * size + column[b]] += value[a] * value[b];
          }
        }
      }
      return dense;
    },
    known: components.slice(0, knownCount).map((nodes) =>
      componentVector(size, nodes.filter((node) => place[node] !== none), (n) => place[n], degrees)
    ),
    valueOf: (eigenvalue) => Math.sqrt(Math.max(eigenvalue, 0)),
    // With r = Gv − σ²v, the eigenpair of Â has the residual r/(σ√2).
    residualFactor: (eigenvalue) => Math.sqrt(2 * Math.max(eigenvalue, leastEigenvalue)),
    expand(vector, value, target) {
      smaller.forEach((node, n) => target[node] = vector[n] * value);
      larger.forEach((node) => target[node] = 0);
      eachEntry(block, (row, column, weight) => target[larger[row]] += weight * vector[column]);
    },
  };
}

const none = 0xffffffff;

/**
 * In f32 the Gram operator cannot tell smaller eigenvalues from zero well enough for the eigenpairs of Â
 * that belong to them.
 */
export const leastEigenvalue = 0.01;

/** The rows of some nodes, with the columns of others in their places. */
function rowsOfSide(matrix: Csr, nodes: Uint32Array, place: Uint32Array, columns: number): Csr {
  const rowStart = new Uint32Array(nodes.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  nodes.forEach((node, row) => {
    for (let entry = matrix.rowStart[node]; entry < matrix.rowStart[node + 1]; entry++) {
      if (matrix.value[entry] === 0) continue;
      column.push(place[matrix.column[entry]]);
      value.push(matrix.value[entry]);
    }
    rowStart[row + 1] = column.length;
  });
  return {
    rows: nodes.length,
    columns,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

function eachEntry(matrix: Csr, use: (row: number, column: number, value: number) => void): void {
  for (let row = 0; row < matrix.rows; row++) {
    for (let entry = matrix.rowStart[row]; entry < matrix.rowStart[row + 1]; entry++) {
      use(row, matrix.column[entry], matrix.value[entry]);
    }
  }
}

function componentVector(
  size: number,
  nodes: Uint32Array,
  placeOf: (node: number) => number,
  degrees: Float64Array,
): Float32Array {
  const vector = new Float32Array(size);
  const volume = nodes.reduce((sum, node) => sum + degrees[node], 0);
  for (const node of nodes) vector[placeOf(node)] = Math.sqrt(degrees[node] / volume);
  return vector;
}
