/**
 * Ideal low-pass filters: what a user took, projected on the first eigenvectors of the item graph.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../../algebra/csr.ts";
import type { Memory } from "../../gpu/memory.ts";
import { paddedColumns } from "../../gpu/tensor.ts";
import { degreePowers } from "../../graph/item_gram.ts";
import { sumDenseRows } from "../../shaders/dense_row_sum/dense_row_sum.ts";
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import type { ScorePart, WeightedParts } from "../model.ts";
import { constantTensor } from "../parameters.ts";
import type { FilterContext } from "./filter_context.ts";
import { listsOf, sparsePart } from "./score_part.ts";
import { sharedEigenvectors } from "./shared_eigenvectors.ts";

/** An ideal filter. */
export interface IdealFilter {
  /** How many eigenpairs pass. */
  readonly eigenpairs: number;
  /** α: its weight; where it is 0 there is no filter. */
  readonly alpha: number;
}

/**
 * `α·R·D_I^-β V Vᵀ D_I^β` for several cuts of V: a part for the eigenvectors from each cut to the next, each two
 * products of so many columns, and no matrix of I×I.
 *
 * @param context What the model is computed from.
 * @param interactions The train interactions.
 * @param beta β.
 * @param filters The filters, one a model.
 */
export async function idealParts(
  context: FilterContext,
  interactions: Csr,
  beta: number,
  filters: readonly IdealFilter[],
): Promise<WeightedParts> {
  const cuts = [...new Set(filters.filter(({ alpha }) => alpha !== 0).map((f) => f.eigenpairs))];
  if (cuts.length === 0) return { parts: [], names: [], weights: filters.map(() => []) };
  const { memory } = context;
  const found = await sharedEigenvectors(context, interactions, cuts);
  const { vectors, count, ends, arrays } = found;
  const degrees = rowCounts(transpose(interactions));
  const borders = [...new Set(ends)].sort((a, b) => a - b);
  const parts = borders.map((end, n) =>
    end === Infinity
      ? sparsePart(memory, "identity", identity(degrees.length))
      : bandPart(memory, { vectors, count, first: borders[n - 1] ?? 0, end, degrees, beta })
  );
  const weights = filters.map(({ eigenpairs, alpha }) => {
    const own = ends[cuts.indexOf(eigenpairs)];
    return borders.map((end) => {
      const passes = own === Infinity ? end === Infinity : end <= own;
      return passes ? alpha : 0;
    });
  });
  const names = parts.map(() => "low frequencies");
  return { parts, names, weights, kept: arrays.size > 0 ? { arrays } : undefined };
}

/** Some of the eigenvectors, and the powers of degrees beside them. */
interface Band {
  readonly vectors: Float32Array;
  readonly count: number;
  readonly first: number;
  readonly end: number;
  readonly degrees: Uint32Array;
  readonly beta: number;
}

function bandPart(memory: Memory, band: Band): ScorePart {
  const { vectors, count, first, end, degrees, beta } = band;
  const items = degrees.length;
  const width = paddedColumns(end - first);
  const table = (label: string, exponent: number) => {
    const scaled = new Float32Array(items * width);
    degreePowers(degrees, exponent).forEach((power, item) => {
      for (let k = first; k < end; k++) {
        scaled[item * width + k - first] = power * vectors[item * count + k];
      }
    });
    return constantTensor(memory, label, items, width, scaled, "eigenvectors");
  };
  const into = table("eigenvectors of items taken", -beta);
  const outOf = table("eigenvectors of items scored", beta);
  return {
    addScores(program, block, scores, { weight: alpha, accumulate }) {
      const lists = listsOf(block);
      const spectrum = program.tensor("spectrum of users", lists.count, width, {
        differentiable: false,
      });
      sumDenseRows(program, lists, into, spectrum);
      launchProduct(program, {
        a: spectrum,
        b: outOf,
        bLast: items - 1,
        c: scores,
        ...{ m: lists.count, n: scores.columns, k: width },
        transposeB: true,
        ...{ alpha, accumulate },
      });
    },
  };
}

/** All eigenvectors together give a user's own items back. */
function identity(items: number): Csr {
  return {
    rows: items,
    columns: items,
    rowStart: Uint32Array.from({ length: items + 1 }, (_, n) => n),
    column: Uint32Array.from({ length: items }, (_, n) => n),
    value: new Float32Array(items).fill(1),
  };
}
