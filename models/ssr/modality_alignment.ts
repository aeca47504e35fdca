/**
 * SSR's contrastive alignment of modalities (methods.md, §5, stage 4), without a matrix of pairs of rows.
 *
 * @module
 */
import type { Tensor } from "../../gpu/tensor.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { gather } from "../../shaders/gather/gather.ts";
import type { RowList } from "../../shaders/gather/row_lists.ts";
import { halvesDot } from "../../shaders/halves_dot/halves_dot.ts";
import type { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { normaliseGrid } from "../../shaders/row_norm/row_norm.ts";
import { sumLoss } from "../../shaders/sum_loss/sum_loss.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { unitLogSumExpRows } from "../../shaders/unit_log_sum_exp/unit_log_sum_exp.ts";
import { weightedMean } from "../../shaders/weighted_mean/weighted_mean.ts";

/** How modalities are aligned. */
export interface AlignmentOptions {
  /** Number of bands M. */
  readonly bands: number;
  /** Blocks of columns of a band; the first is that of the ids, the others are modalities. */
  readonly blocks: number;
  /** Temperature τ. */
  readonly temperature: number;
  /** Weight of the loss; 0 adds none. */
  readonly weight: number;
  /** What the term is called. */
  readonly name: string;
}

/**
 * Adds the alignment of one side's modalities over the rows of a list, repeated rows included, and over
 * all bands: each (node, band) row of a modality is to find the same row of the other one among all rows
 * of both.
 *
 * With p and q the normalised rows of two modalities and the bank `[p; q]` of 2BM rows, the cross-entropy
 * of `bank·q_n/τ` with target p_n, and of `bank·p_n/τ` with target q_n, average to
 * `mean over the bank of log Σ exp(bank·row/τ) − mean_n p_n·q_n/τ`. Of more than two modalities the mean
 * over all pairs is taken.
 *
 * @param losses The terms.
 * @param x The bands of rows of which the first are those of the list, side by side.
 * @param list The nodes of those rows.
 * @param options How they are compared.
 */
export function alignModalities(
  losses: LossTerms,
  x: Tensor,
  list: RowList,
  options: AlignmentOptions,
): void {
  const { bands, blocks, temperature, weight, name } = options;
  const { program } = losses;
  const pairs = pairsOfModalities(blocks);
  if (weight === 0 || pairs.length === 0) return;
  const columns = x.columns / bands / blocks;
  const unique = uniqueRows(program, list);
  const table = gather(program, x, unique.first);
  const terms = pairs.map((pair) => {
    const parts = Array.from(
      { length: bands },
      (_, band) =>
        pair.map((modality) => ({ table, column: (band * blocks + modality) * columns, columns })),
    ).flat();
    const grid = normaliseGrid(program, [parts], `${name} rows`);
    const bank = reshape(program, grid, columns);
    const targets = halvesDot(program, reshape(program, grid, 2 * columns));
    const sums = weightedMean(
      program,
      unitLogSumExpRows(program, bank, unique, 1 / temperature),
      unique,
    );
    return add(program, sums, weightedMean(program, targets, unique), { beta: -1 / temperature });
  });
  const sum = terms.reduce((total, term) => add(program, total, term));
  sumLoss(losses, sum, weight / pairs.length, name);
}

/**
 * The pairs of blocks that are modalities.
 *
 * @param blocks Number of blocks, that of the ids first.
 * @example
 * ```ts
 * import { pairsOfModalities } from "./modality_alignment.ts";
 * pairsOfModalities(3); // [[1, 2]]
 * ```
 */
export function pairsOfModalities(blocks: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let p = 1; p < blocks; p++) {
    for (let q = p + 1; q < blocks; q++) pairs.push([p, q]);
  }
  return pairs;
}
