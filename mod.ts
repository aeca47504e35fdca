/**
 * Bandpass: train and evaluate multimodal recommenders on any GPU that WebGPU reaches.
 *
 * @module
 */
export * from "./errors.ts";
export * from "./data/dataset.ts";
export * from "./data/folder.ts";
export * from "./data/csr.ts";
export * from "./graph/interaction_graph.ts";
export * from "./models/settings.ts";
export * from "./models/score_rows.ts";
export * from "./models/popularity.ts";
export * from "./models/item_knn.ts";
export * from "./evaluation/metrics.ts";
