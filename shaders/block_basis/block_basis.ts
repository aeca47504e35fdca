/**
 * A basis that grows by blocks of columns: what block Lanczos does with it (webgpu.md, "Eigenpairs").
 *
 * The basis V is one `n×width` table, bound in blocks of rows where it is larger than a binding. Its
 * columns are filled from the left; blocks are `n×b`. Nothing here is differentiated.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { type Bindable, rangeStep, type Tensor } from "../../gpu/tensor.ts";
import { rowBlocks, rowsOfTensor } from "../../gpu/row_blocks.ts";
import { launchProduct } from "../matmul/matmul.ts";
import choleskySource from "./cholesky.wgsl" with { type: "text" };
import recordSource from "./record.wgsl" with { type: "text" };
import storeSource from "./store.wgsl" with { type: "text" };

const cholesky = kernel("block_basis/cholesky", choleskySource);
const record = kernel("block_basis/record", recordSource);
const store = kernel("block_basis/store", storeSource);

/** Which of the two times a block is normalised: what is raised, and what is dropped. */
export type Pass = "first" | "second";

/**
 * Shares of the diagonal of a Gram matrix, which has an error of up to the first shift in f32. The second
 * time its columns are nearly orthonormal, but for those that were rounding errors.
 */
const pivots = {
  first: { shift: 1e-5, least: 1e-12, least_pivot: 1e-6 },
  second: { shift: 0, least: 0.05, least_pivot: 0.05 },
} as const;
/** Bytes of rotated rows that wait to be written back. */
const rotationBytes = 32 * 2 ** 20;

/** Rows of the basis and of a block that can be bound together. */
function blocksOf(program: Program, basis: Tensor, block: Tensor) {
  return rowBlocks(program, basis, [block]).map(({ first, rows, range }) => ({
    first,
    rows,
    basisRows: range,
    blockRows: rowsOfTensor(block, first, rows),
  }));
}

/**
 * Appends one pass of classical Gram–Schmidt: `h = V[:, :columns]ᵀ·x`, then `x −= V[:, :columns]·h`.
 *
 * @param program The program.
 * @param basis V, `n×width`.
 * @param columns How many of its columns, a multiple of 4; with 0 nothing is done.
 * @param x `n×b`, b a multiple of 4.
 * @param h At least `columns×b`.
 */
export function projectOut(
  program: Program,
  basis: Tensor,
  columns: number,
  x: Tensor,
  h: Tensor,
): void {
  const [b, width] = [x.columns, basis.columns];
  if (columns === 0) return;
  const blocks = blocksOf(program, basis, x);
  for (const { first, rows, basisRows, blockRows } of blocks) {
    launchProduct(program, {
      ...{ a: basisRows, b: blockRows, c: h, m: columns, n: b, k: rows },
      transposeA: true,
      aStride: width,
      accumulate: first > 0,
    });
  }
  for (const { rows, basisRows, blockRows } of blocks) {
    launchProduct(program, {
      ...{ a: basisRows, b: h, c: blockRows, m: rows, n: b, k: columns },
      aStride: width,
      alpha: -1,
      accumulate: true,
    });
  }
}

/** The triangular factor of a block, and its inverse. */
export interface BlockFactor {
  /** R, `b×b`, upper triangular. */
  readonly factor: Tensor;
  /** R⁻¹, `b×b`. */
  readonly inverse: Tensor;
  /** The diagonal of R from the number `first` on: 0 for columns that are none. */
  readonly lengths: { readonly tensor: Tensor; readonly first: number };
}

/** What {@linkcode projectOut} took from a block. */
export interface Removed {
  /** The coefficients h. */
  readonly coefficients: Tensor;
  /** How many rows of them count. */
  readonly columns: number;
}

/**
 * Appends `y = x·R⁻¹` where `xᵀx = RᵀR`: nearly orthonormal columns of the same span. Done twice, with
 * the basis projected out between, they are orthonormal to rounding.
 *
 * @param program The program.
 * @param x `n×b`, b a multiple of 4 and at most 32.
 * @param y `n×b`.
 * @param result R and its inverse.
 * @param pass The first or the second time.
 * @param removed What was projected out of x just before; a column of which only rounding errors are left
 * becomes zero.
 */
export function normaliseBlock(
  program: Program,
  x: Tensor,
  y: Tensor,
  result: BlockFactor,
  pass: Pass,
  removed: Removed,
): void {
  const { rows: n, columns: b } = x;
  const { factor, inverse, lengths } = result;
  const gram = program.tensor("Gram matrix of a block", b, b);
  launchProduct(program, { a: x, b: x, c: gram, m: b, n: b, k: n, transposeA: true });
  const taken = program.tensor("Gram matrix of what was removed", b, b);
  const { coefficients: h, columns: k } = removed;
  if (k > 0) launchProduct(program, { a: h, b: h, c: taken, m: b, n: b, k, transposeA: true });
  program.launch(cholesky, {
    buffers: { gram, removed: taken, factor, inverse, lengths: lengths.tensor },
    partial: ["lengths"],
    uniforms: { size: b, ...pivots[pass], first: lengths.first },
    constants: { has_removed: Number(k > 0) },
    threads: 1,
  });
  launchProduct(program, { a: x, b: inverse, c: y, m: n, n: b, k: b });
}

/**
 * Appends `T[:, column..column+b] = h1 + h2·R`, the coefficients of a block whose passes of
 * {@linkcode projectOut} had a {@linkcode normaliseBlock} between them.
 *
 * @param program The program.
 * @param passes Coefficients of the first and the second pass, and the factor between.
 * @param projected T.
 * @param place Which rows of the coefficients, from `first` on, and which columns of T.
 */
export function recordProjection(
  program: Program,
  passes: { readonly first: Tensor; readonly second: Tensor; readonly factor: Tensor },
  projected: Tensor,
  place: { readonly first: number; readonly rows: number; readonly column: number },
): void {
  const size = passes.factor.rows;
  program.launch(record, {
    buffers: {
      first_pass: passes.first,
      second_pass: passes.second,
      factor: passes.factor,
      projected,
    },
    partial: ["projected"],
    uniforms: { ...place, size, stride: projected.columns },
    threads: place.rows * size,
  });
}

/**
 * Appends `V[:, column..] = x`.
 *
 * @param program The program.
 * @param x `n×b`, b a multiple of 4.
 * @param basis V.
 * @param column The first column, a multiple of 4.
 */
export function storeBlock(program: Program, x: Tensor, basis: Tensor, column: number): void {
  for (const { rows, basisRows, blockRows } of blocksOf(program, basis, x)) {
    launchStore(program, blockRows, rows, x.columns, basisRows, basis.columns, column);
  }
}

function launchStore(
  program: Program,
  x: Bindable,
  rows: number,
  columns: number,
  basis: Bindable,
  width: number,
  column: number,
): void {
  program.launch(store, {
    buffers: { x, basis },
    partial: ["basis"],
    uniforms: { rows, width: columns / 4, stride: width / 4, column: column / 4 },
    threads: rows * columns / 4,
  });
}

/**
 * Appends `V[:, first..first+kept] = V[:, first..first+m]·s`: Ritz vectors in place of the basis they
 * are made of.
 *
 * @param program The program.
 * @param basis V.
 * @param first The first column that takes part, a multiple of 4.
 * @param s `m×kept`, both multiples of 4.
 */
export function rotateBasis(program: Program, basis: Tensor, first: number, s: Tensor): void {
  const [m, kept, width] = [s.rows, s.columns, basis.columns];
  const limit = program.memory.gpu.limits.maxStorageBufferBindingSize;
  const bytes = Math.min(rotationBytes, limit);
  // A product cannot write what it reads: some rows at a time are rotated, then written back.
  const fitting = Math.floor(bytes / (Math.max(kept, width) * 4));
  const chunk = Math.max(1, Math.floor(fitting / rangeStep)) * rangeStep;
  const rotated = program.tensor("rotated rows", Math.min(chunk, basis.rows), kept);
  for (let row = 0; row < basis.rows; row += chunk) {
    const rows = Math.min(chunk, basis.rows - row);
    const range = rowsOfTensor(basis, row, rows);
    launchProduct(program, {
      ...{ a: range, b: s, c: rotated, m: rows, n: kept, k: m },
      aStride: width,
      aColumn: first,
    });
    launchStore(program, rotated, rows, kept, range, width, first);
  }
}
