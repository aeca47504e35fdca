/**
 * Sparse matrices of the same shape made one, over the union of their entries.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";

/**
 * The elementwise maximum over the union of the entries: an entry that one matrix alone has keeps its
 * value, even a negative one (SMORE's fusion graph, methods.md, §3).
 *
 * @param matrices At least one, all of the same shape.
 * @example
 * ```ts
 * import { maximumOfUnion } from "./merge.ts";
 * const row = (column: number, value: number) => ({
 *   rows: 1,
 *   columns: 2,
 *   rowStart: new Uint32Array([0, 1]),
 *   column: new Uint32Array([column]),
 *   value: new Float32Array([value]),
 * });
 * maximumOfUnion([row(0, -1), row(1, 2)]).value; // [-1, 2]
 * ```
 */
export function maximumOfUnion(matrices: readonly Csr[]): Csr {
  return merge(matrices, (values) => Math.max(...values.map(({ value }) => value)));
}

/**
 * `Σ weight·matrix`, over the union of the entries (the mean graph of several modalities,
 * methods.md, §1).
 *
 * @param terms At least one, all of the same shape.
 * @example
 * ```ts
 * import { weightedSum } from "./merge.ts";
 * const one = {
 *   rows: 1,
 *   columns: 1,
 *   rowStart: new Uint32Array([0, 1]),
 *   column: new Uint32Array([0]),
 *   value: new Float32Array([1]),
 * };
 * weightedSum([{ matrix: one, weight: 0.25 }, { matrix: one, weight: 0.5 }]).value; // [0.75]
 * ```
 */
export function weightedSum(terms: readonly { matrix: Csr; weight: number }[]): Csr {
  return merge(
    terms.map(({ matrix }) => matrix),
    (values) => values.reduce((sum, { value, from }) => sum + terms[from].weight * value, 0),
  );
}

function merge(
  matrices: readonly Csr[],
  valueOf: (values: readonly { value: number; from: number }[]) => number,
): Csr {
  const [{ rows, columns }] = matrices;
  if (matrices.some((matrix) => matrix.rows !== rows || matrix.columns !== columns)) {
    throw new Error("Cannot merge matrices of different shapes");
  }
  const column: number[] = [];
  const value: number[] = [];
  const rowStart = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const entries = new Map<number, { value: number; from: number }[]>();
    matrices.forEach((matrix, from) => {
      for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
        const here = entries.get(matrix.column[n]) ?? [];
        entries.set(matrix.column[n], [...here, { value: matrix.value[n], from }]);
      }
    });
    for (const at of [...entries.keys()].sort((a, b) => a - b)) {
      column.push(at);
      value.push(valueOf(entries.get(at)!));
    }
    rowStart[row + 1] = column.length;
  }
  return {
    rows,
    columns,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}
