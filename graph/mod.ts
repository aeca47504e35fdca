/**
 * Graphs of interactions and of similar items, and their spectra.
 *
 * @example The normalised interaction graph of three users and two items
 * ```ts
 * import { bipartiteAdjacency, interactionMatrix } from "@bandpass/bandpass/graph";
 * const pairs = { users: new Uint32Array([0, 1, 2]), items: new Uint32Array([0, 0, 1]) };
 * bipartiteAdjacency(interactionMatrix(pairs, 3, 2)).rows; // 5
 * ```
 *
 * @module
 */
export * from "./band_energies.ts";
export * from "./chebyshev_bank.ts";
export * from "./coefficient_energies.ts";
export * from "./connected_parts.ts";
export * from "./edge_pruning.ts";
export * from "./exact_neighbours.ts";
export * from "./graph_structure.ts";
export * from "./interaction_graph.ts";
export * from "./item_eigenvectors.ts";
export * from "./item_gram.ts";
export * from "./item_graph.ts";
export * from "./kept_file.ts";
export * from "./lanczos.ts";
export * from "./lanczos_basis.ts";
export * from "./lanczos_problem.ts";
export * from "./merge.ts";
export * from "./nearest_items.ts";
export * from "./normalised_adjacency.ts";
export * from "./spectrum.ts";
export * from "./spectrum_borders.ts";
export * from "./spectrum_cache.ts";
export * from "./spectrum_check.ts";
export * from "./spectrum_next.ts";
export * from "./spectrum_operator.ts";
export * from "./spectrum_plan.ts";
export * from "./spectrum_solver.ts";
