/**
 * How good eigenpairs are, measured from the vectors themselves.
 *
 * @module
 */
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readFloats } from "../gpu/readback.ts";
import { rowsOfTensor } from "../gpu/row_blocks.ts";
import { paddedColumns } from "../gpu/tensor.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import type { NormalisedAdjacency } from "./normalised_adjacency.ts";

/**
 * `‖Âv − λv‖` of each eigenpair, in f64 on the CPU.
 *
 * @param graph Â; its entries are rounded to f32, which moves a residual by 6e-8 at most.
 * @param values K eigenvalues.
 * @param vectors `N×K`, row-major.
 * @returns K norms.
 */
export function residualNorms(
  { matrix }: NormalisedAdjacency,
  values: Float64Array,
  vectors: Float32Array,
): Float64Array<ArrayBuffer> {
  const k = values.length;
  const squares = new Float64Array(k);
  const row = new Float64Array(k);
  for (let node = 0; node < matrix.rows; node++) {
    for (let j = 0; j < k; j++) row[j] = -values[j] * vectors[node * k + j];
    for (let entry = matrix.rowStart[node]; entry < matrix.rowStart[node + 1]; entry++) {
      const [weight, start] = [matrix.value[entry], matrix.column[entry] * k];
      for (let j = 0; j < k; j++) row[j] += weight * vectors[start + j];
    }
    for (let j = 0; j < k; j++) squares[j] += row[j] * row[j];
  }
  return squares.map(Math.sqrt);
}

/** A longer sum of squares would round off more than there is to be found. */
const rowsOfSum = 1024;

/**
 * The largest entry of `|VᵀV − I|`, computed on the device.
 *
 * @param gpu The device.
 * @param vectors V, `N×K`, row-major.
 * @param rows N.
 * @param columns K.
 */
export async function orthogonalityError(
  gpu: Gpu,
  vectors: Float32Array,
  rows: number,
  columns: number,
): Promise<number> {
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, "orthogonality");
    // Zeros up to whole vectors of four, which products are quick with.
    const width = paddedColumns(columns);
    const data = width === columns ? vectors : widened(vectors, rows, columns, width);
    const table = program.tensor("eigenvectors", rows, width, { data });
    const gram = program.tensor("Gram matrix", width, width);
    for (let first = 0; first < rows; first += rowsOfSum) {
      const k = Math.min(rowsOfSum, rows - first);
      const range = rowsOfTensor(table, first, k);
      const shape = { m: width, n: width, k, transposeA: true, accumulate: first > 0 };
      launchProduct(program, { a: range, b: range, c: gram, ...shape });
    }
    await program.compile();
    program.submit();
    const values = await readFloats(memory, gram.allocation, columns * width);
    return values.reduce((most, value, n) => {
      const error = Math.abs(value - Number(n % (width + 1) === 0));
      // A value that is not a number is no small error.
      return error <= most ? most : Number.isNaN(error) ? Infinity : error;
    }, 0);
  } finally {
    memory.destroy();
  }
}

/** The rows of a matrix with zeros after them. */
function widened(
  values: Float32Array,
  rows: number,
  columns: number,
  width: number,
): Float32Array<ArrayBuffer> {
  const wide = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    wide.set(values.subarray(row * columns, (row + 1) * columns), row * width);
  }
  return wide;
}
