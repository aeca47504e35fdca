/**
 * How FREEDOM compares with its reference implementation.
 *
 * @module
 */
import { freedom } from "../../models/freedom/freedom.ts";
import type { Reference } from "../reference.ts";

/** The public implementation of FREEDOM. */
export const freedomReference: Reference = {
  definition: freedom,
  model: "FREEDOM",
  settings: (hyper) => ({
    neighbours: String(hyper.knn_k),
    // The golden file was made with these (tests/golden/README.md).
    graph_weights: "image=0.9,text=0.1",
    dropout: hyper.dropout,
    reg: hyper.reg_weight,
    learning_rate: hyper.learning_rate,
  }),
  tensors: (dataset) => [
    { reference: "user_embedding.weight", parameter: "nodes" },
    { reference: "item_id_embedding.weight", parameter: "nodes", firstRow: dataset.users },
    ...dataset.modalities.flatMap(({ name }) => [
      { reference: `${name}_embedding.weight`, parameter: `${name}.features` },
      { reference: `${name}_trs.weight`, parameter: `${name}.projection.weight` },
      { reference: `${name}_trs.bias`, parameter: `${name}.projection.bias` },
    ]),
  ],
};
