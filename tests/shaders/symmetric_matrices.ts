/**
 * Symmetric matrices for tests of what works on them in place.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import type { Allocation } from "../../gpu/memory.ts";
import {
  type SymmetricMatrix,
  symmetricMatrix,
} from "../../shaders/cholesky_inverse/symmetric_matrix.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { product } from "../reference/dense.ts";
import { GarbageMemory, randomValues } from "./op_check.ts";

/** `XᵀX/n + shift·1` of random numbers, `n×n`, as f32 has it. */
export function positiveDefinite(n: number, seed: number, shift = 0.5): Float32Array {
  const x = randomValues(n * n, seed);
  const gram = product(x, x, n, n, n, true);
  return Float32Array.from(gram, (value, at) => value / n + (at % (n + 1) === 0 ? shift : 0));
}

/** The device, with blocks of so many rows of a matrix. */
export async function gpuOfRows(rows: number, size: number): Promise<Gpu> {
  const gpu = await testGpu();
  const bytes = rows * Math.ceil(size / 4) * 16;
  return { ...gpu, limits: { ...gpu.limits, maxStorageBufferBindingSize: bytes } };
}

/** What was done to a matrix. */
export interface Changed {
  /** The matrix after it, `n×n`. */
  readonly values: Float32Array;
  /** The number that says whether it failed. */
  readonly failure: number;
  /** How many blocks of rows it has. */
  readonly blocks: number;
}

/** Does something to a matrix in memory that held garbage. */
export async function changed(
  values: Float32Array,
  append: (program: Program, matrix: SymmetricMatrix) => Allocation | undefined,
  options: { readonly gpu?: Gpu } = {},
): Promise<Changed> {
  const { gpu = await testGpu() } = options;
  const n = Math.sqrt(values.length);
  const memory = new GarbageMemory(gpu);
  try {
    const program = new Program(memory, "change");
    const matrix = symmetricMatrix(memory, "matrix", n);
    const failure = append(program, matrix);
    await program.compile();
    memory.spoil();
    const { stride } = matrix;
    for (const { first, table } of matrix.blocks) {
      const rows = new Float32Array(table.rows * stride);
      for (let r = 0; r < table.rows; r++) {
        const row = first + r;
        for (let c = 0; c < stride; c++) {
          const isPadding = row >= n || c >= n;
          rows[r * stride + c] = isPadding ? Number(row === c) : values[row * n + c];
        }
      }
      memory.write(table.allocation, rows);
    }
    program.submit();
    const found = new Float32Array(n * n);
    for (const { first, table } of matrix.blocks) {
      const rows = await readFloats(memory, table.allocation);
      for (let r = 0; r < table.rows && first + r < n; r++) {
        found.set(rows.subarray(r * stride, r * stride + n), (first + r) * n);
      }
    }
    const failed = failure && await readBuffers(memory, [{ allocation: failure, bytes: 4 }]);
    return {
      values: found,
      failure: failed === undefined ? 0 : new Uint32Array(failed[0])[0],
      blocks: matrix.blocks.length,
    };
  } finally {
    memory.destroy();
  }
}
