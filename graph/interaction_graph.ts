/**
 * The bipartite graph of the train interactions and its symmetric normalisation (methods.md, §1–2).
 *
 * @module
 */
import type { Interactions } from "../data/dataset.ts";
import { type Csr, rowCounts, transpose } from "../algebra/csr.ts";

/**
 * The `users×items` matrix of the interactions, with value 1 for each.
 *
 * @param interactions Pairs without duplicates, in any order.
 * @param users Number of users U.
 * @param items Number of items I.
 * @returns `U×I`, columns ascending within a row.
 * @example
 * ```ts
 * import { interactionMatrix } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([2, 1]) };
 * interactionMatrix(pairs, 1, 3).column; // [1, 2]
 * ```
 */
export function interactionMatrix(interactions: Interactions, users: number, items: number): Csr {
  const rowStart = new Uint32Array(items + 1);
  for (const item of interactions.items) rowStart[item + 1]++;
  for (let item = 0; item < items; item++) rowStart[item + 1] += rowStart[item];
  const next = rowStart.slice();
  const column = new Uint32Array(interactions.users.length);
  interactions.items.forEach((item, n) => column[next[item]++] = interactions.users[n]);
  // Grouped by item in file order; the transpose then meets each user's items in ascending order.
  const value = new Float32Array(column.length).fill(1);
  return transpose({ rows: items, columns: users, rowStart, column, value });
}

/**
 * `R̂`, the `users×items` block of `D^-½ A D^-½`: entry (u, i) is `1/√((d_u+ε)(d_i+ε))`.
 *
 * @param interactions The `U×I` matrix of {@linkcode interactionMatrix}.
 * @param epsilon Added to each degree; LightGCN's reference adds 1e-7 (methods.md, §2).
 * @returns `U×I` with the pattern of `interactions`.
 * @example
 * ```ts
 * import { interactionMatrix, normalisedInteractions } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([0, 1]) };
 * normalisedInteractions(interactionMatrix(pairs, 1, 2), 0).value; // [1/√2, 1/√2]
 * ```
 */
export function normalisedInteractions(interactions: Csr, epsilon: number): Csr {
  const userDegree = rowCounts(interactions);
  const itemDegree = new Uint32Array(interactions.columns);
  for (const item of interactions.column) itemDegree[item]++;
  const value = new Float32Array(interactions.value.length);
  for (let user = 0; user < interactions.rows; user++) {
    for (let n = interactions.rowStart[user]; n < interactions.rowStart[user + 1]; n++) {
      const item = interactions.column[n];
      value[n] = 1 / Math.sqrt((userDegree[user] + epsilon) * (itemDegree[item] + epsilon));
    }
  }
  return { ...interactions, value };
}

/**
 * `Â = [[0, B], [Bᵀ, 0]]`, the adjacency of users (first U nodes) and items (the I after them).
 *
 * It is symmetric, so it is its own transpose in a backward pass.
 *
 * @param block `B`, `U×I`, for example of {@linkcode normalisedInteractions}.
 * @returns `N×N` with N = U+I.
 * @example
 * ```ts
 * import { bipartiteAdjacency, interactionMatrix } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0]), items: new Uint32Array([1]) };
 * bipartiteAdjacency(interactionMatrix(pairs, 1, 2)).column; // [2, 0]
 * ```
 */
export function bipartiteAdjacency(block: Csr): Csr {
  const { rows: users, columns: items } = block;
  const back = transpose(block);
  const nonzeros = block.column.length;
  const rowStart = new Uint32Array(users + items + 1);
  rowStart.set(block.rowStart);
  back.rowStart.forEach((start, item) => rowStart[users + item] = nonzeros + start);
  const column = new Uint32Array(2 * nonzeros);
  block.column.forEach((item, n) => column[n] = users + item);
  column.set(back.column, nonzeros);
  const value = new Float32Array(2 * nonzeros);
  value.set(block.value);
  value.set(back.value, nonzeros);
  return { rows: users + items, columns: users + items, rowStart, column, value };
}
