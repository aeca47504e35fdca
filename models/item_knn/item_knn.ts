/**
 * ItemKNN: items near to those that the user took already (methods.md, §2, as a floor).
 *
 * Item-based top-N recommendation of Deshpande and Karypis (ACM TOIS 22(1), 2004): the cosine of
 * the items' columns of the interaction matrix, the k nearest of each item, and the sum of the
 * similarities over the user's items.
 *
 * @module
 */
import { type Csr, rowCounts, transpose } from "../../algebra/csr.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { sumSparseRows, uploadRows } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import { additiveScorer } from "../composition.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import type { Settings, SettingSpecs } from "../settings.ts";

/**
 * The settings of ItemKNN; the defaults do well by validation Recall@20 on Baby and TikTok, where
 * more shrinkage is worth more than the number of neighbours.
 */
export const itemKnnSettings = {
  neighbours: {
    type: "integer",
    default: 200,
    minimum: 1,
    tuned: { from: 10, to: 500, scale: "log" },
    description: "Nearest items kept for each item",
  },
  shrink: {
    type: "number",
    default: 50,
    minimum: 0,
    tuned: { from: 1, to: 500, scale: "log" },
    description: "Added to the denominator of the cosine, to damp the similarities of rare items",
  },
} as const satisfies SettingSpecs;

/** ItemKNN: an item's score is the sum of its similarities with the user's items, where it is near to them. */
export const itemKnn: ComputedDefinition = defineModel({
  name: "itemknn",
  description: "Items similar to those the user has already (shrunk cosine)",
  settings: itemKnnSettings,
  compute({ memory, dataset: { train, users, items }, settings }) {
    const similarity = itemSimilarities(interactionMatrix(train, users, items), settings);
    const rows = uploadRows(memory, "item similarities", similarity);
    return additiveScorer({
      scoreBlock(program, { users: { length: count }, historyStart, history }, scores) {
        sumSparseRows(program, { count, start: historyStart, rows: history }, rows, scores);
      },
    });
  },
});

/**
 * The similarities of each item with its nearest others: `c_ij / (√(d_i d_j) + shrink)`, where
 * `c_ij` users took both items and `d_i` took item `i`.
 *
 * Ties go to the smaller item index. An item has fewer neighbours where fewer were ever taken
 * together with it.
 *
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param settings Number of neighbours, and shrinkage.
 * @returns `I×I`, columns ascending within a row, without the diagonal.
 * @example
 * ```ts
 * import { interactionMatrix } from "../../graph/interaction_graph.ts";
 * import { itemSimilarities } from "./item_knn.ts";
 * const pairs = { users: new Uint32Array([0, 0, 1]), items: new Uint32Array([0, 1, 0]) };
 * itemSimilarities(interactionMatrix(pairs, 2, 2), { neighbours: 5, shrink: 0 }).column; // [1, 0]
 * ```
 */
export function itemSimilarities(
  interactions: Csr,
  settings: Settings<typeof itemKnnSettings>,
): Csr {
  const byItem = transpose(interactions);
  const degree = rowCounts(byItem);
  const items = byItem.rows;
  const together = new Uint32Array(items);
  const cosine = new Float64Array(items);
  const rowStart = new Uint32Array(items + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let item = 0; item < items; item++) {
    const others: number[] = [];
    for (let n = byItem.rowStart[item]; n < byItem.rowStart[item + 1]; n++) {
      const user = byItem.column[n];
      for (let m = interactions.rowStart[user]; m < interactions.rowStart[user + 1]; m++) {
        const other = interactions.column[m];
        if (other !== item && together[other]++ === 0) others.push(other);
      }
    }
    for (const other of others) {
      cosine[other] = together[other] /
        (Math.sqrt(degree[item] * degree[other]) + settings.shrink);
      together[other] = 0;
    }
    const nearest = others.sort((a, b) => cosine[b] - cosine[a] || a - b)
      .slice(0, settings.neighbours).sort((a, b) => a - b);
    for (const other of nearest) {
      columns.push(other);
      values.push(cosine[other]);
    }
    rowStart[item + 1] = columns.length;
  }
  return {
    rows: items,
    columns: items,
    rowStart,
    column: Uint32Array.from(columns),
    value: Float32Array.from(values),
  };
}
