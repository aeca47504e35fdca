/**
 * How far an inverse in f32 is from being one, in f64.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { refuseAborted } from "../../errors.ts";
import type { Memory } from "../../gpu/memory.ts";
import { streamBuffers } from "../../gpu/readback.ts";
import type { SymmetricMatrix } from "../../shaders/cholesky_inverse/symmetric_matrix.ts";

/** Random vectors of +1 and −1. */
const probes = 4;

/** What `G = RᵀR + Σ FFᵀ + λ·1` is made of. */
export interface ItemMatrixParts {
  /** R, `U×I`, value 1 each. */
  readonly interactions: Csr;
  /** λ. */
  readonly ridge: number;
  /** Each F, `I×f`, row-major. */
  readonly features: readonly Float32Array[];
}

/**
 * `‖GP − 1‖_F/√I`, the root mean square length of a row: what (GP − 1)z has as its root mean square number
 * for random vectors z of +1 and −1, four of them here (Hutchinson, 1989). All sums are in f64.
 *
 * @param memory Where P is.
 * @param matrix P, `I×I`, both halves of it.
 * @param parts What G is made of.
 * @param signal Ends it early.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function inverseResidual(
  memory: Memory,
  matrix: SymmetricMatrix,
  parts: ItemMatrixParts,
  signal?: AbortSignal,
): Promise<number> {
  const items = matrix.size;
  const next = uniforms(1);
  const z = Float64Array.from({ length: items * probes }, () => next() < 0.5 ? -1 : 1);
  const product = multiplied(parts, await timesMatrix(memory, matrix, z, signal), items);
  const squares = product.reduce((sum, value, at) => sum + (value - z[at]) ** 2, 0);
  return Math.sqrt(squares / product.length);
}

/** P·z, from the device block by block. */
async function timesMatrix(
  memory: Memory,
  { size, stride, blocks }: SymmetricMatrix,
  z: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const y = new Float64Array(stride * probes);
  const ranges = blocks.map(({ table: { allocation } }) => ({ allocation }));
  let at = 0;
  for await (const bytes of streamBuffers(memory, ranges)) {
    refuseAborted(signal);
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    for (let n = 0; n < numbers.length;) {
      const row = Math.floor(at / stride);
      const column = at % stride;
      const count = Math.min(numbers.length - n, stride - column);
      const counted = Math.max(0, Math.min(count, size - column));
      addProducts(y, row, z, column, numbers.subarray(n, n + counted));
      n += count;
      at += count;
    }
  }
  return y.subarray(0, size * probes);
}

/** Adds the products of some numbers of a row with the numbers of z that stand across from them. */
function addProducts(
  y: Float64Array,
  row: number,
  z: Float64Array,
  column: number,
  numbers: Float32Array,
): void {
  let [a, b, c, d] = y.subarray(row * probes, row * probes + probes);
  for (let n = 0; n < numbers.length; n++) {
    const value = numbers[n];
    const place = (column + n) * probes;
    a += value * z[place];
    b += value * z[place + 1];
    c += value * z[place + 2];
    d += value * z[place + 3];
  }
  y.set([a, b, c, d], row * probes);
}

/** G·y. */
function multiplied(
  { interactions, ridge, features }: ItemMatrixParts,
  y: Float64Array,
  items: number,
): Float64Array {
  const result = y.map((value) => ridge * value);
  const { rows: users, rowStart, column } = interactions;
  const ofRow = new Float64Array(probes);
  for (let user = 0; user < users; user++) {
    ofRow.fill(0);
    const own = column.subarray(rowStart[user], rowStart[user + 1]);
    for (const item of own) for (let p = 0; p < probes; p++) ofRow[p] += y[item * probes + p];
    for (const item of own) for (let p = 0; p < probes; p++) result[item * probes + p] += ofRow[p];
  }
  for (const table of features) {
    const columns = table.length / items;
    const across = new Float64Array(columns * probes);
    for (let at = 0; at < table.length; at++) {
      const [item, c] = [Math.floor(at / columns), at % columns];
      for (let p = 0; p < probes; p++) across[c * probes + p] += table[at] * y[item * probes + p];
    }
    for (let at = 0; at < table.length; at++) {
      const [item, c] = [Math.floor(at / columns), at % columns];
      for (let p = 0; p < probes; p++) {
        result[item * probes + p] += table[at] * across[c * probes + p];
      }
    }
  }
  return result;
}
