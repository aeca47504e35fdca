/**
 * What an evaluation has of a side of SSR: all of its rows, in blocks of which the bands fit a binding.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { stackTables } from "../../shaders/columns/stack.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { blockEnergies } from "../backbone/block_energies.ts";
import type { FusedBands } from "./band_fusion.ts";
import type { RowRange } from "./decomposition.ts";
import { type Output, scoredRows } from "./scored_outputs.ts";

/** Rows in bands, and what came of them. */
export interface EvaluatedRows extends FusedBands {
  /** The bands, `rows×(M·D)`. */
  readonly bands: Tensor;
}

/** All rows of a side, block after block. */
export type EvaluatedSide = readonly EvaluatedRows[];

/**
 * Cuts rows in ranges that a device binds.
 *
 * @param range The rows.
 * @param columns Columns of the widest table of them.
 * @param limit Bytes that the device binds at most.
 * @example
 * ```ts
 * import { bindableRanges } from "./evaluated_side.ts";
 * bindableRanges({ first: 5, rows: 3 }, 10, 80); // [{ first: 5, rows: 2 }, { first: 7, rows: 1 }]
 * ```
 */
export function bindableRanges(
  { first, rows }: RowRange,
  columns: number,
  limit: number,
): RowRange[] {
  // A single row that is too wide is refused where it is bound.
  const most = Math.max(1, Math.floor(limit / (4 * columns)));
  return Array.from({ length: Math.ceil(rows / most) }, (_, n): RowRange => ({
    first: first + n * most,
    rows: Math.min(most, rows - n * most),
  }));
}

/**
 * The rows of a side that are scored.
 *
 * @param program The program.
 * @param side The side.
 * @param outputsOf Which outputs of a block (default: those of all bands).
 * @returns `rows×Σ columns`.
 */
export function scoredTable(
  program: Program,
  side: EvaluatedSide,
  outputsOf: (rows: EvaluatedRows) => readonly Output[] = ({ outputs }) => outputs,
): Tensor {
  return stacked(program, side.map((rows) => scoredRows(program, outputsOf(rows))));
}

/**
 * The weights of the gate.
 *
 * @param program The program.
 * @param side The side.
 * @returns `rows×M`.
 */
export function gateWeights(program: Program, side: EvaluatedSide): Tensor {
  return stacked(program, side.map(({ weights }) => weights));
}

/**
 * The sums of squares of each block of columns of each band.
 *
 * @param program The program.
 * @param side The side.
 * @param bands Number of bands M.
 * @param blocks Blocks of columns of a band.
 * @returns `M×blocks`.
 */
export function sideEnergies(
  program: Program,
  side: EvaluatedSide,
  bands: number,
  blocks: number,
): Tensor {
  return side.map((rows) => blockEnergies(program, rows.bands, bands, blocks))
    .reduce((sum, energies) => add(program, sum, energies));
}

function stacked(program: Program, tables: readonly Tensor[]): Tensor {
  return tables.length === 1 ? tables[0] : stackTables(program, tables);
}
