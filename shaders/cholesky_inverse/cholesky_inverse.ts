/**
 * The inverse of a large symmetric positive definite matrix, in place, by blocked Cholesky factorisations.
 *
 * The three sweeps of the textbook (factorise, invert the factor, multiply it by its transpose) are merged
 * to one, which takes {@linkcode panelWidth} columns at a time (Bientinesi, Gunter and van de Geijn, Families
 * of Algorithms Related to the Inversion of a Symmetric Positive Definite Matrix, ACM TOMS 35(1), 2008): n³
 * operations, nearly all of them in a product of the whole matrix's size. Only the numbers on and left of
 * the diagonal are computed.
 *
 * With D = LLᵀ the pivot block, V the columns of the panel and W = V·L^-ᵀ, a step is A ← A − W·Wᵀ
 * outside of the panel, V ← W·L^-1 in it, and D ← −D^-1: after the last one A is −A^-1.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { rowsOfTensor } from "../../gpu/row_blocks.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { launchProduct } from "../matmul/matmul.ts";
import factorSource from "./factor.wgsl" with { type: "text" };
import invertFactorSource from "./invert_factor.wgsl" with { type: "text" };
import {
  diagonalOf,
  mirrorLower,
  movePart,
  panelWidth,
  type SymmetricMatrix,
} from "./symmetric_matrix.ts";

const factorise = kernel("cholesky_inverse/factor", factorSource);
const invertFactor = kernel("cholesky_inverse/invert_factor", invertFactorSource);

/** Share of a number on the diagonal that a pivot is to exceed: less is a rounding error. */
const leastPivot = 1e-7;

/** Strips of rows that a product of the lower half is cut in: what they compute above the diagonal is lost. */
const strips = 16;

/** Columns that a product with a triangular factor takes at a time. */
const factorStrip = 64;

/** What an inversion gives beside the matrix. */
export interface Inversion {
  /** A u32: 0, or the first row, counted from 1, whose pivot was not positive. */
  readonly failure: Allocation;
  /** Where its steps end, in launches of the program: it is submitted step by step. */
  readonly ends: readonly number[];
}

/**
 * Appends `A ← A^-1`. Where A is not positive definite to rounding, the result is of no use and `failure`
 * says so; how good it is otherwise, its residual tells.
 *
 * @param program The program.
 * @param matrix A, both halves of it.
 */
export function invertSymmetric(program: Program, matrix: SymmetricMatrix): Inversion {
  const { stride } = matrix;
  const width = Math.min(panelWidth, stride);
  const [panel, solved] = ["panel", "solved panel"].map((label) =>
    program.tensor(label, stride, width, { differentiable: false })
  );
  const factor = pivotFactor(program, width);
  const diagonal = diagonalOf(program, matrix);
  const ends: number[] = [];
  for (let first = 0; first < stride; first += width) {
    const size = Math.min(width, stride - first);
    movePanel(program, matrix, panel, first, size, "from the matrix");
    factorPivot(program, panel, { row: first, size, shift: 0, diagonal }, factor);
    timesFactor(program, panel, factor.inverse, solved, size, "transposed");
    subtractSquare(program, matrix, solved, size);
    timesFactor(program, solved, factor.inverse, panel, size, "as it is");
    launchProduct(program, {
      ...{ a: factor.inverse, b: factor.inverse, c: panel, m: size, n: size, k: size },
      ...{ aStride: width, bStride: width, cStride: width, cRow: first },
      ...{ transposeA: true, alpha: -1 },
    });
    movePanel(program, matrix, panel, first, size, "to the matrix");
    ends.push(program.launches);
  }
  mirrorLower(program, matrix, -1);
  ends.push(program.launches);
  return { failure: factor.failure, ends };
}

/**
 * Appends `P ← (P^-1 + XᵀX)^-1 = P − PXᵀ·(1 + XPXᵀ)^-1·XP` (Woodbury, 1950): the inverse of a Gram matrix
 * with some rows more.
 *
 * @param program The program.
 * @param matrix P, symmetric positive definite, both halves of it.
 * @param x X, at most {@linkcode panelWidth} rows, a multiple of 4, as wide as P with its padding.
 * @returns A u32, which is 0 unless rounding has left no positive pivot.
 */
export function addToInverted(program: Program, matrix: SymmetricMatrix, x: Tensor): Allocation {
  const { stride, blocks } = matrix;
  const { rows: columns } = x;
  const [product, solved] = ["product with rows", "solved product"].map((label) =>
    program.tensor(label, stride, columns, { differentiable: false })
  );
  for (const { first, table } of blocks) {
    const { rows } = table;
    const c = rowsOfTensor(product, first, rows);
    launchProduct(program, {
      ...{ a: table, b: x, c, m: rows, n: columns, k: stride, transposeB: true },
    });
  }
  const gram = program.tensor("Gram matrix of rows", columns, columns);
  launchProduct(program, { a: x, b: product, c: gram, m: columns, n: columns, k: stride });
  const factor = pivotFactor(program, columns);
  factorPivot(program, gram, { row: 0, size: columns, shift: 1 }, factor);
  timesFactor(program, product, factor.inverse, solved, columns, "transposed");
  subtractSquare(program, matrix, solved, columns);
  mirrorLower(program, matrix, 1);
  return factor.failure;
}

/** Where a pivot block is factorised. */
interface PivotFactor {
  readonly factor: Tensor;
  readonly inverse: Tensor;
  readonly failure: Allocation;
}

function pivotFactor(program: Program, width: number): PivotFactor {
  const failure = program.buffer("failure", 4, new Uint32Array(1));
  const [factor, inverse] = ["factor", "inverse factor"].map((label) =>
    program.tensor(label, width, width, { differentiable: false })
  );
  return { factor, inverse, failure };
}

/** Appends the factorisation of D + shift·1 = LLᵀ, D being some rows of a table, and L^-1. */
function factorPivot(
  program: Program,
  x: Tensor,
  pivot: { row: number; size: number; shift: number; diagonal?: Allocation },
  { factor, inverse, failure }: PivotFactor,
): void {
  const { row, size, shift, diagonal } = pivot;
  const { columns: stride } = factor;
  const isPart = size < stride;
  program.launch(factorise, {
    buffers: { x, diagonal: diagonal ?? x, factor, failure },
    partial: isPart ? ["factor"] : [],
    overwrites: ["factor"],
    uniforms: { size, stride, row, shift, least: leastPivot },
    constants: { has_diagonal: Number(diagonal !== undefined) },
    threads: panelWidth / 4,
    workgroupSize: panelWidth / 4,
  });
  program.launch(invertFactor, {
    buffers: { factor, inverse },
    partial: isPart ? ["inverse"] : [],
    overwrites: ["inverse"],
    uniforms: { size, stride },
    threads: size / 4,
    workgroupSize: 16,
  });
}

/** Appends `Y = X·Mᵀ` or `Y = X·M` for M of L^-1, whose zeros above the diagonal are not multiplied. */
function timesFactor(
  program: Program,
  x: Tensor,
  inverse: Tensor,
  y: Tensor,
  size: number,
  form: "transposed" | "as it is",
): void {
  const { rows: m, columns: width } = x;
  const transposeB = form === "transposed";
  for (let column = 0; column < size; column += factorStrip) {
    const n = Math.min(factorStrip, size - column);
    const inner = transposeB
      ? { k: column + n }
      : { k: size - column, aColumn: column, bRow: column };
    launchProduct(program, {
      ...{ a: x, b: inverse, c: y, m, n, transposeB, ...inner },
      ...{ aStride: width, bStride: width, cStride: width, cColumn: column },
      ...transposeB ? { bRow: column } : { bColumn: column },
      completes: column + n === width,
    });
  }
}

/** Appends `A ← A − WWᵀ` on and left of the diagonal. */
function subtractSquare(
  program: Program,
  { stride, blocks }: SymmetricMatrix,
  w: Tensor,
  columns: number,
): void {
  const height = Math.ceil(stride / strips / panelWidth) * panelWidth;
  for (const { first, table } of blocks) {
    for (let row = 0; row < table.rows; row += height) {
      const rows = Math.min(height, table.rows - row);
      launchProduct(program, {
        ...{ a: w, b: w, c: table, m: rows, n: first + row + rows, k: columns, transposeB: true },
        ...{ aRow: first + row, aStride: w.columns, bStride: w.columns },
        ...{ cRow: row, cStride: stride, alpha: -1, accumulate: true },
      });
    }
  }
}

/** Appends a copy of columns of a symmetric matrix of which the lower half is known, or puts it back. */
function movePanel(
  program: Program,
  { blocks }: SymmetricMatrix,
  panel: Tensor,
  first: number,
  columns: number,
  direction: "from the matrix" | "to the matrix",
): void {
  const isFrom = direction === "from the matrix";
  for (const { first: start, table } of blocks) {
    const skipped = Math.max(0, first - start);
    if (skipped >= table.rows) continue;
    const rows = table.rows - skipped;
    const inMatrix = { table, row: skipped, column: first };
    const inPanel = { table: panel, row: start + skipped, column: 0 };
    if (isFrom) movePart(program, inMatrix, inPanel, { rows, columns });
    else movePart(program, inPanel, inMatrix, { rows, columns });
    if (first < start || first === 0) continue;
    // What is above the pivot block stands to its left.
    const left = { table, row: first - start, column: 0 };
    const above = { table: panel, row: 0, column: 0 };
    const shape = { rows: columns, columns: first, transposed: true };
    if (isFrom) movePart(program, left, above, shape);
    else movePart(program, above, left, { ...shape, rows: first, columns });
  }
}
