/**
 * How LightGCN compares with its reference implementation.
 *
 * @module
 */
import { lightgcn } from "../../models/lightgcn/lightgcn.ts";
import type { Reference } from "../reference.ts";

/** The public implementation of LightGCN. */
export const lightgcnReference: Reference = {
  definition: lightgcn,
  model: "LightGCN",
  settings: ({ n_layers, reg_weight, learning_rate }) => ({
    layers: n_layers,
    reg: reg_weight,
    learning_rate,
  }),
  tensors: (dataset) => [
    { reference: "embedding_dict.user_emb", parameter: "nodes" },
    { reference: "embedding_dict.item_emb", parameter: "nodes", firstRow: dataset.users },
  ],
};
