/**
 * The rows that are compared with each other, and what their comparisons are weighted by.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import rowsSource from "./rows.wgsl" with { type: "text" };

const rowsKernel = kernel("unit_log_sum_exp/rows", rowsSource);

/** Rows of length 1 that are compared with each other. */
export interface ComparedRows {
  /** `(L·f)×d`, f rows for each of the different nodes of a list of length L. */
  readonly x: Tensor;
  /** The different nodes, how many there are, and how often each counts. */
  readonly unique: UniqueRows;
  /** f. */
  readonly factor: number;
  /** Factor of the inner products. */
  readonly scale: number;
}

/**
 * Appends how often each row counts, 0 beyond the last.
 *
 * @param program The program.
 * @param compared The rows.
 * @param padded How many numbers, of which those beyond the rows are 0.
 */
export function rowTimes(program: Program, compared: ComparedRows, padded: number): Allocation {
  const times = program.buffer(`multiplicities of ${compared.x.label}`, padded * 4);
  const { multiplicity } = compared.unique;
  launchRows(program, compared, padded, { y: multiplicity, dy: multiplicity, output: times }, 0);
  return times;
}

/**
 * Appends `dy_i/Σ_j times_j·e_ij` for each row, 0 beyond the last.
 *
 * @param program The program.
 * @param compared The rows.
 * @param padded How many numbers, of which those beyond the rows are 0.
 * @param y The logarithms of the sums.
 * @param dy Their gradient.
 */
export function rowGains(
  program: Program,
  compared: ComparedRows,
  padded: number,
  y: Tensor,
  dy: Tensor,
): Allocation {
  const gains = program.buffer(`gains of ${compared.x.label}`, padded * 4);
  launchRows(program, compared, padded, { y, dy, output: gains }, 1);
  return gains;
}

function launchRows(
  program: Program,
  { x, unique, factor, scale }: ComparedRows,
  padded: number,
  buffers: { y: Tensor | Allocation; dy: Tensor | Allocation; output: Allocation },
  ofGains: number,
): void {
  const { counts, multiplicity } = unique;
  program.launch(rowsKernel, {
    buffers: { counts, multiplicity, ...buffers },
    uniforms: { height: x.rows, padded, rows_a_node: factor, scale },
    constants: ofGains ? { of_gains: 1 } : {},
    threads: padded,
  });
}
