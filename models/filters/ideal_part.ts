/**
 * The ideal low-pass filter: what a user took, projected on the first eigenvectors of the item graph.
 *
 * @module
 */
import type { Memory } from "../../gpu/memory.ts";
import { degreePowers } from "../../graph/item_gram.ts";
import type { ItemEigenvectors } from "../../graph/item_eigenvectors.ts";
import { sumDenseRows } from "../../shaders/dense_row_sum/dense_row_sum.ts";
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import { constantTensor } from "../parameters.ts";
import { type ScorePart, sparsePart } from "./score_part.ts";

/** What the filter is made of. */
export interface IdealFilter {
  /** V, `I×K`. */
  readonly eigenvectors: ItemEigenvectors;
  /** Number of train rows of each item. */
  readonly degrees: Uint32Array;
  /** α: the factor. */
  readonly alpha: number;
  /** β: the power of the degrees on both sides. */
  readonly beta: number;
}

/**
 * `α·R·D_I^-β V Vᵀ D_I^β`: two products of K columns, and no matrix of I×I.
 *
 * @param memory Where its tables are planned.
 * @param filter What it is made of.
 */
export function idealPart(memory: Memory, filter: IdealFilter): ScorePart {
  const { eigenvectors: { count, vectors, isComplete }, degrees, alpha, beta } = filter;
  const items = degrees.length;
  if (isComplete) return identityPart(memory, items, alpha);
  const width = Math.ceil(count / 4) * 4;
  const table = (label: string, factors: Float64Array) => {
    const scaled = new Float32Array(items * width);
    for (let item = 0; item < items; item++) {
      for (let k = 0; k < count; k++) {
        scaled[item * width + k] = factors[item] * vectors[item * count + k];
      }
    }
    return constantTensor(memory, label, items, width, scaled, "eigenvectors");
  };
  const into = table("eigenvectors of items taken", degreePowers(degrees, -beta));
  const outOf = table(
    "eigenvectors of items scored",
    degreePowers(degrees, beta).map((power) => alpha * power),
  );
  return (program, lists, scores, accumulate) => {
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
      accumulate,
    });
  };
}

/** All eigenvectors give a user's own items back. */
function identityPart(memory: Memory, items: number, alpha: number): ScorePart {
  return sparsePart(memory, "identity", {
    rows: items,
    columns: items,
    rowStart: Uint32Array.from({ length: items + 1 }, (_, n) => n),
    column: Uint32Array.from({ length: items }, (_, n) => n),
    value: new Float32Array(items).fill(alpha),
  });
}
