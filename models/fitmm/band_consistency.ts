/**
 * FITMM's consistency of bands (methods.md, §4 g), without a matrix of pairs of rows.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { sliceColumns } from "../../shaders/columns/columns.ts";
import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { logSumExpRows } from "../../shaders/log_sum_exp/log_sum_exp.ts";
import type { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";
import { sumLoss } from "../../shaders/sum_loss/sum_loss.ts";
import type { UniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { weightedMean } from "../../shaders/weighted_mean/weighted_mean.ts";

/** How bands are compared. */
export interface ConsistencyOptions {
  /** Bands with each other, or blocks of columns within each band. */
  readonly consistency: "cross-band" | "cross-modal";
  /** Number of bands M. */
  readonly count: number;
  /** Blocks of columns of a band. */
  readonly blocks: number;
  /** Weight of the loss; 0 adds none. */
  readonly weight: number;
  /** What the terms are called. */
  readonly name: string;
}

/**
 * Adds the consistency of one side's bands over the rows of the batch, counted as often as they are in
 * it.
 *
 * Cross-band, as it is trained: `(1/(M(M−1)))·Σ_b[Σ_{b'≠b} mean(cos−1)² − 1(b≥⌊M/2⌋)·mean log_softmax(
 * band_b·band_bᵀ)]`. Cross-modal, as the abstract has it: the cosines of all pairs of blocks within each
 * band, the same softmax term, and `1/(6M)`, which for m blocks is `1/(m(m−1)M)`.
 *
 * @param losses The terms.
 * @param bands The bands of the batch's different rows, side by side.
 * @param unique How often the batch has each.
 * @param options How they are compared.
 */
export function bandConsistency(
  losses: LossTerms,
  bands: Tensor,
  unique: UniqueRows,
  options: ConsistencyOptions,
): void {
  const { consistency, count, blocks, name } = options;
  const { program } = losses;
  const columns = bands.columns / count;
  const isCrossBand = consistency === "cross-band";
  const ordered = isCrossBand ? count * (count - 1) : blocks * (blocks - 1);
  if (options.weight === 0 || ordered === 0) return;
  const weight = options.weight / (isCrossBand ? ordered : ordered * count);
  const firstColumns = Array.from({ length: count }, (_, band) => band * columns);
  const width = isCrossBand ? columns : columns / blocks;
  const pairs = isCrossBand
    ? pairsOf(firstColumns)
    : firstColumns.flatMap((first) =>
      pairsOf(Array.from({ length: blocks }, (_, block) => first + block * width))
    );
  const gaps = cosineGaps(program, bands, pairs, {
    width,
    // Cross-band each pair counts in both orders.
    factor: isCrossBand ? 2 : 1,
    label: `cosine gaps of ${name}`,
  });
  sumLoss(losses, weightedMean(program, gaps, unique), weight, `${name} cosines`);
  const upper = firstColumns.slice(Math.floor(count / 2));
  sumLoss(losses, meanLogSoftmax(program, bands, upper, unique), -weight, `${name} pairs`);
}

/**
 * `Σ_b mean_ij log_softmax_j(x_ib·x_jb) = Σ_b (‖mean_i x_ib‖² − mean_i log Σ_j exp(x_ib·x_jb))` over the places of a
 * list, for the bands that begin at some columns up to the last.
 */
function meanLogSoftmax(
  program: Program,
  bands: Tensor,
  firstColumns: readonly number[],
  unique: UniqueRows,
): Tensor {
  const [first] = firstColumns;
  const all = bands.columns - first;
  const columns = all / firstColumns.length;
  const mean = sliceColumns(program, weightedMean(program, bands, unique), first, all);
  const sums = firstColumns.map((column) =>
    logSumExpRows(program, { table: bands, column, columns }, unique, 1)
  );
  const sum = sums.reduce((total, one) => add(program, total, one));
  return add(program, rowDot(program, mean, mean), weightedMean(program, sum, unique), {
    beta: -1,
  });
}

function pairsOf<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((one, n) => all.slice(n + 1).map((other) => [one, other] as const));
}
