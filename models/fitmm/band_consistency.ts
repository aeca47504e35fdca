/**
 * FITMM's consistency of bands (methods.md, §4 g), without a matrix of pairs of rows.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { type ColumnBlock, cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
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
  /** Blocks of columns. */
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
 * @param bands M tensors with the batch's different rows.
 * @param unique How often the batch has each.
 * @param options How they are compared.
 */
export function bandConsistency(
  losses: LossTerms,
  bands: readonly Tensor[],
  unique: UniqueRows,
  options: ConsistencyOptions,
): void {
  const { consistency, blocks, name } = options;
  const { program } = losses;
  const { columns } = bands[0];
  const isCrossBand = consistency === "cross-band";
  const count = isCrossBand ? bands.length * (bands.length - 1) : blocks * (blocks - 1);
  if (options.weight === 0 || count === 0) return;
  const weight = options.weight / (isCrossBand ? count : count * bands.length);
  const pairs = isCrossBand
    ? pairsOf(bands.map((tensor): ColumnBlock => ({ tensor })))
    : bands.flatMap((tensor) =>
      pairsOf(Array.from({ length: blocks }, (_, block) => ({
        tensor,
        column: block * columns / blocks,
      })))
    );
  const gaps = cosineGaps(program, pairs, {
    width: isCrossBand ? columns : columns / blocks,
    // Cross-band each pair counts in both orders.
    factor: isCrossBand ? 2 : 1,
    label: `cosine gaps of ${name}`,
  });
  sumLoss(losses, weightedMean(program, gaps, unique), weight, `${name} cosines`);
  const terms = bands.slice(Math.floor(bands.length / 2)).map((band) =>
    meanLogSoftmax(program, band, unique)
  );
  const sum = terms.reduce((total, term) => add(program, total, term));
  sumLoss(losses, sum, -weight, `${name} pairs`);
}

/**
 * `mean_ij log_softmax_j(x_i·x_j) = ‖mean_i x_i‖² − mean_i log Σ_j exp(x_i·x_j)` over the places of a
 * list.
 */
function meanLogSoftmax(program: Program, x: Tensor, unique: UniqueRows): Tensor {
  const mean = weightedMean(program, x, unique);
  const sums = weightedMean(program, logSumExpRows(program, x, unique, 1), unique);
  return add(program, rowDot(program, mean, mean), sums, { beta: -1 });
}

function pairsOf<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((one, n) => all.slice(n + 1).map((other) => [one, other] as const));
}
