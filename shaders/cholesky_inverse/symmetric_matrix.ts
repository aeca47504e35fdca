/**
 * Large symmetric matrices on the device, in blocks of rows that can each be bound.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation, Memory } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { paddedColumns, type Tensor } from "../../gpu/tensor.ts";
import diagonalSource from "./diagonal.wgsl" with { type: "text" };
import mirrorSource from "./mirror.wgsl" with { type: "text" };
import moveSource from "./move.wgsl" with { type: "text" };
import shiftSource from "./shift_diagonal.wgsl" with { type: "text" };

const diagonal = kernel("cholesky_inverse/diagonal", diagonalSource);
const mirror = kernel("cholesky_inverse/mirror", mirrorSource);
const move = kernel("cholesky_inverse/move", moveSource);
const shift = kernel("cholesky_inverse/shift_diagonal", shiftSource);

/** Columns that are eliminated at a time; blocks of rows begin at multiples of it. */
export const panelWidth = 256;

/** Consecutive rows of a matrix. */
export interface MatrixRows {
  /** The first row. */
  readonly first: number;
  /** The rows, `stride` numbers each. */
  readonly table: Tensor;
}

/** A symmetric matrix on the device, padded to a multiple of 4 by rows and columns of the identity. */
export interface SymmetricMatrix {
  /** Number of rows and of columns, without padding. */
  readonly size: number;
  /** The same with padding. */
  readonly stride: number;
  /** All rows, in order; each block but the last has a multiple of {@linkcode panelWidth}. */
  readonly blocks: readonly MatrixRows[];
}

/** What every device binds at least. */
const blockBytes = 128 * 2 ** 20;

/**
 * The most rows that a symmetric matrix can have, as far as what can be bound says.
 *
 * @param limits The limits of the device.
 * @example
 * ```ts
 * import { mostSymmetricRows } from "./symmetric_matrix.ts";
 * mostSymmetricRows({ maxStorageBufferBindingSize: 2 ** 30 }); // 131072
 * ```
 */
export function mostSymmetricRows(
  limits: { readonly maxStorageBufferBindingSize: number },
): number {
  const bytes = Math.min(blockBytes, limits.maxStorageBufferBindingSize);
  return Math.floor(bytes / (4 * panelWidth) / 4) * 4;
}

/**
 * Plans the rows of a symmetric matrix, block by block; the CPU may read and write them. Blocks are as large
 * as any device binds, so that they are the same on all of them.
 *
 * @param memory Where they are planned.
 * @param label What the matrix is; the owner of its buffers.
 * @param size Number of rows, at most {@linkcode mostSymmetricRows}.
 */
export function* symmetricRows(memory: Memory, label: string, size: number): Generator<MatrixRows> {
  const { limits } = memory.gpu;
  const stride = paddedColumns(size);
  const bytes = Math.min(blockBytes, limits.maxStorageBufferBindingSize);
  const height = Math.floor(bytes / (4 * stride) / panelWidth) * panelWidth;
  if (height === 0) {
    throw new Error(
      `"${label}" has ${size} rows, ${mostSymmetricRows(limits)} at most can be bound`,
    );
  }
  for (let first = 0; first < stride; first += height) {
    const rows = Math.min(height, stride - first);
    const name = `${label}, rows from ${first}`;
    const allocation = memory.reserve(name, rows * stride * 4, label);
    memory.keep(allocation);
    yield {
      first,
      table: { label: name, rows, columns: stride, allocation, differentiable: false },
    };
  }
}

/**
 * A symmetric matrix of the rows that {@linkcode symmetricRows} gives.
 *
 * @param memory Where it is planned.
 * @param label What it is; the owner of its buffers.
 * @param size Number of rows.
 */
export function symmetricMatrix(memory: Memory, label: string, size: number): SymmetricMatrix {
  return { size, stride: paddedColumns(size), blocks: [...symmetricRows(memory, label, size)] };
}

/**
 * Appends `A += λ·1`, and the identity in the padding, whose other numbers are to be 0.
 *
 * @param program The program.
 * @param matrix A.
 * @param lambda λ.
 */
export function shiftDiagonal(program: Program, matrix: SymmetricMatrix, lambda: number): void {
  for (const { first, table } of matrix.blocks) {
    const { rows, columns: stride } = table;
    program.launch(shift, {
      buffers: { a: table },
      partial: ["a"],
      uniforms: { rows, stride, first, size: matrix.size, shift: lambda },
      threads: rows,
    });
  }
}

/**
 * Appends a copy of the diagonal.
 *
 * @param program The program.
 * @param matrix A.
 * @returns As many numbers as A has rows with its padding.
 */
export function diagonalOf(program: Program, { stride, blocks }: SymmetricMatrix): Allocation {
  const result = program.buffer("diagonal", stride * 4);
  for (const { first, table } of blocks) {
    const { rows } = table;
    program.launch(diagonal, {
      buffers: { a: table, diagonal: result },
      partial: first + rows < stride ? ["diagonal"] : [],
      uniforms: { rows, stride, first },
      threads: rows,
    });
  }
  return result;
}

/** A part of a table: rows and columns by multiples of 4. */
export interface TablePart {
  /** The table. */
  readonly table: Tensor;
  /** The first row. */
  readonly row: number;
  /** The first column. */
  readonly column: number;
}

/**
 * Appends a copy of a part of a table into another.
 *
 * @param program The program.
 * @param from The part.
 * @param to Where to; another table.
 * @param shape Rows and columns of the part, and whether it is transposed there.
 */
export function movePart(
  program: Program,
  from: TablePart,
  to: TablePart,
  shape: { readonly rows: number; readonly columns: number; readonly transposed?: boolean },
): void {
  const { rows, columns, transposed = false } = shape;
  program.launch(move, {
    buffers: { x: from.table, y: to.table },
    partial: ["y"],
    uniforms: {
      ...{ rows, columns },
      ...{ x_stride: from.table.columns, x_row: from.row, x_column: from.column },
      ...{ y_stride: to.table.columns, y_row: to.row, y_column: to.column },
    },
    constants: { transposed: Number(transposed) },
    threads: rows * columns / 16,
  });
}

/**
 * Appends `A ← scale·A` where only the numbers on and left of the diagonal are known: the others follow.
 *
 * @param program The program.
 * @param matrix A.
 * @param scale The factor.
 */
export function mirrorLower(program: Program, { blocks }: SymmetricMatrix, scale: number): void {
  for (const { first, table } of blocks) {
    const { rows, columns: stride } = table;
    program.launch(mirror, {
      buffers: { a: table },
      partial: ["a"],
      uniforms: { rows, stride, first, scale },
      threads: rows * (first + rows) / 16,
    });
  }
  for (const lower of blocks) {
    for (const upper of blocks) {
      if (upper.first >= lower.first) break;
      const shape = { rows: lower.table.rows, columns: upper.table.rows, transposed: true };
      const from = { table: lower.table, row: 0, column: upper.first };
      movePart(program, from, { table: upper.table, row: 0, column: lower.first }, shape);
    }
  }
}
