/**
 * Tables larger than a storage binding, in blocks of rows that fit one.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import { megabytes } from "./memory.ts";
import type { Program } from "./program.ts";
import { type BufferRange, rangeStep, type Tensor } from "./tensor.ts";

/** Consecutive rows of a table that fit a binding. */
export interface RowBlock {
  /** The first row. */
  readonly first: number;
  /** Number of rows. */
  readonly rows: number;
  /** Where they are. */
  readonly range: BufferRange;
}

/** Rows of which a block has a multiple: however wide they are, the next block begins where a range may. */
const rowStep = rangeStep;

/**
 * Cuts a table in blocks of rows that the device can bind; one block where the table fits.
 *
 * @param program The program that binds them.
 * @param tensor The table.
 * @param alike Tables of as many rows that are bound beside it; the widest decides.
 * @throws {GpuError} Not even 64 rows fit.
 */
export function rowBlocks(
  program: Program,
  tensor: Tensor,
  alike: readonly Tensor[] = [],
): RowBlock[] {
  const { limits, name } = program.memory.gpu;
  const limit = limits.maxStorageBufferBindingSize;
  const widest = Math.max(tensor.columns, ...alike.map(({ columns }) => columns));
  const fitting = Math.floor(limit / (widest * 4));
  if (fitting >= tensor.rows) {
    const { rows } = tensor;
    return [{ first: 0, rows, range: rowsOfTensor(tensor, 0, rows) }];
  }
  const perBlock = Math.floor(fitting / rowStep) * rowStep;
  if (perBlock === 0) {
    throw new GpuError(
      `Cannot bind "${tensor.label}": ${rowStep} rows of ${widest} columns have ` +
        `${megabytes(rowStep * widest * 4)}, "${name}" binds at most ${megabytes(limit)}`,
      ({ setting }) =>
        `Use fewer columns (${setting("settings.feature_dim", "K")} where the model has it)`,
    );
  }
  const blocks: RowBlock[] = [];
  for (let first = 0; first < tensor.rows; first += perBlock) {
    const rows = Math.min(perBlock, tensor.rows - first);
    blocks.push({ first, rows, range: rowsOfTensor(tensor, first, rows) });
  }
  return blocks;
}

/**
 * Where some rows of a table are; the first is a multiple of 64. All rows are the whole buffer.
 *
 * @param tensor The table.
 * @param first The first row.
 * @param rows Number of rows.
 */
export function rowsOfTensor(tensor: Tensor, first: number, rows: number): BufferRange {
  const { allocation, columns } = tensor;
  if (first === 0 && rows === tensor.rows) {
    return { allocation, offset: 0, bytes: allocation.bytes };
  }
  return { allocation, offset: first * columns * 4, bytes: rows * columns * 4 };
}
