/**
 * The gradient of a function of `x·xᵀ`, a strip of rows at a time.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import { rowsOfTensor } from "../../gpu/row_blocks.ts";
import type { Bindable, Tensor } from "../../gpu/tensor.ts";
import { blockOf, type TableBlock } from "../columns/table_block.ts";
import { launchProduct, type ProductLimit } from "../matmul/matmul.ts";

/** Columns of a strip that one product sums over; its loops stay bounded (webgpu.md, trap 1). */
const longestSum = 16384;

/** A strip of a symmetric matrix W: what stands left of its diagonal block is the mirror image of others. */
export interface SymmetricStrip {
  /** `W[first.., first..]`. */
  readonly weights: Bindable;
  /** Numbers between its rows. */
  readonly stride: number;
  /** Its first row, and the first column that it holds. */
  readonly first: number;
  /** Its rows. */
  readonly rows: number;
  /** How many rows count, and their factor. */
  readonly limit: Pick<ProductLimit, "count" | "factor">;
}

/**
 * Appends `dx += W·x` for what a strip holds of W, and for its mirror image.
 *
 * @param program The program.
 * @param strip The strip; W has 0 beyond the last row that counts, up to a multiple of 4.
 * @param x `n×d`, or a block of so many columns of a wider table.
 * @param dx As x: the same block of it is added to.
 */
export function launchSymmetricStrip(
  program: Program,
  { weights: a, stride: aStride, first, rows, limit }: SymmetricStrip,
  x: Tensor | TableBlock,
  dx: Tensor,
): void {
  const { table, column, columns: d } = blockOf(x);
  const columns = table.rows - first;
  const place = {
    b: table,
    bStride: table.columns,
    bColumn: column,
    c: dx,
    cStride: table.columns,
    cColumn: column,
  };
  for (let start = 0; start < columns; start += longestSum) {
    launchProduct(program, {
      a,
      aStride,
      aColumn: start,
      ...place,
      bRow: first + start,
      cRow: first,
      m: rows,
      n: d,
      k: Math.min(longestSum, columns - start),
      accumulate: true,
      limit: { ...limit, mFirst: first, kFirst: first + start },
    });
  }
  if (columns === rows) return;
  launchProduct(program, {
    a,
    aStride,
    aColumn: rows,
    ...place,
    bRow: first,
    cRow: first + rows,
    m: columns - rows,
    n: d,
    k: rows,
    transposeA: true,
    accumulate: true,
    limit: { ...limit, mFirst: first + rows, kFirst: first },
  });
}

/**
 * Appends the same to a product of its own, which hardware cuts in several sums where there are few rows of few columns:
 * `product = W·x`, or `+=`, for what a strip holds of W, and for its mirror image.
 *
 * @param program The program.
 * @param strip The strip; W has 0 in all rows and columns beyond the last that counts.
 * @param x `n×d`, or a block of so many columns of a wider table.
 * @param product `n×d`.
 * @param accumulate Whether to add; the first strip may store, as it reaches all rows.
 */
export function launchWholeStrip(
  program: Program,
  { weights: a, stride: aStride, first, rows, limit }: SymmetricStrip,
  x: Tensor | TableBlock,
  product: Tensor,
  accumulate: boolean,
): void {
  const { table, column, columns: d } = blockOf(x);
  const columns = table.rows - first;
  const place = {
    a,
    aStride,
    b: table,
    bStride: table.columns,
    bColumn: column,
    bRow: first,
    n: d,
  };
  launchProduct(program, {
    ...place,
    c: rowsOfTensor(product, first, rows),
    m: rows,
    k: columns,
    accumulate,
    limit: { ...limit, kFirst: first },
  });
  if (columns === rows) return;
  launchProduct(program, {
    ...place,
    aColumn: rows,
    c: rowsOfTensor(product, first + rows, columns - rows),
    m: columns - rows,
    k: rows,
    transposeA: true,
    accumulate,
    limit: { ...limit, kFirst: first },
  });
}
