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
import type { RowScorer } from "../score_rows.ts";
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
    description: "Number of nearest items kept of each item",
  },
  shrink: {
    type: "number",
    default: 50,
    minimum: 0,
    description: "Added to the denominator of the cosine, against similarities of rare items",
  },
} as const satisfies SettingSpecs;

/**
 * Scores an item by the sum of its similarities with the user's train items, where it is one of
 * their nearest.
 *
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param settings Number of neighbours, and shrinkage.
 * @returns Scores; 0 for an item that is near to none of the user's.
 * @example
 * ```ts
 * import { interactionMatrix } from "../../graph/interaction_graph.ts";
 * import { itemKnn } from "./item_knn.ts";
 * const pairs = { users: new Uint32Array([0, 0, 1]), items: new Uint32Array([0, 1, 0]) };
 * const scorer = itemKnn(interactionMatrix(pairs, 2, 2), { neighbours: 5, shrink: 0 });
 * scorer.scoreUsers(1, 2); // [0, 1/√2]
 * ```
 */
export function itemKnn(interactions: Csr, settings: Settings<typeof itemKnnSettings>): RowScorer {
  const { rows: users, columns: items } = interactions;
  const similarity = itemSimilarities(interactions, settings);
  const addSimilarities = (row: Float32Array, history: Uint32Array) => {
    for (const taken of history) {
      for (let m = similarity.rowStart[taken]; m < similarity.rowStart[taken + 1]; m++) {
        row[similarity.column[m]] += similarity.value[m];
      }
    }
  };
  return {
    users,
    items,
    scoreUsers(userStart, userEnd) {
      const scores = new Float32Array((userEnd - userStart) * items);
      for (let user = userStart; user < userEnd; user++) {
        const row = scores.subarray((user - userStart) * items, (user - userStart + 1) * items);
        const { rowStart, column } = interactions;
        addSimilarities(row, column.subarray(rowStart[user], rowStart[user + 1]));
      }
      return scores;
    },
    scoreHistory(history) {
      const row = new Float32Array(items);
      // In ascending order, as the sums of a known user run.
      addSimilarities(row, history.toSorted());
      return row;
    },
  };
}

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
