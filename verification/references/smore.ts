/**
 * How SMORE compares with its reference implementation.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { smore } from "../../models/smore/smore.ts";
import type { Arrangement, Reference } from "../reference.ts";
import { linearReference } from "./branches.ts";

/** The reference keeps (re, im) of each bin; we keep all real parts, then the imaginary ones. */
const packed: Arrangement = {
  fromReference(values) {
    const bins = values.length / 2;
    const own = new Float32Array(2 * (bins - 1));
    for (let bin = 0; bin < bins; bin++) {
      own[bin] = values[2 * bin];
      if (bin > 0 && bin < bins - 1) own[bins - 1 + bin] = values[2 * bin + 1];
    }
    return own;
  },
  toReference(own) {
    const half = own.length / 2;
    const values = new Float32Array(2 * (half + 1));
    for (let bin = 0; bin <= half; bin++) {
      values[2 * bin] = own[bin];
      // Inert in the reference, absent in ours.
      values[2 * bin + 1] = bin > 0 && bin < half ? own[half + bin] : 0;
    }
    return values;
  },
};

/** The one letter that the reference calls a view by. */
const letters: Readonly<Record<string, string>> = { image: "v", text: "t", fusion: "f" };

/** The public implementation of SMORE. */
export const smoreReference: Reference = {
  definition: smore,
  model: "SMORE",
  settings: (hyper) => ({
    layers: hyper.n_ui_layers,
    neighbours: `image=${hyper.image_knn_k},text=${hyper.text_knn_k}`,
    reg: hyper.reg_weight,
    dropout: hyper.dropout_rate,
    // The reference has the whole weight from the first step on.
    contrastive_warm_up: 0,
    learning_rate: hyper.learning_rate,
  }),
  tensors(dataset: Dataset) {
    const names = dataset.modalities.map(({ name }) => name);
    return [
      { reference: "user_embedding.weight", parameter: "nodes" },
      { reference: "item_id_embedding.weight", parameter: "nodes", firstRow: dataset.users },
      ...[...names, "fusion"].flatMap((view) => [
        {
          reference: `${view}_complex_weight`,
          parameter: `${view}.filter`,
          arrangement: packed,
        },
        ...linearReference(`gate_${letters[view]}.0`, `${view}.gate`),
        ...linearReference(`gate_${view}_prefer.0`, `${view}.preference`),
      ]),
      ...names.flatMap((name) => [
        { reference: `${name}_embedding.weight`, parameter: `${name}.features` },
        ...linearReference(`${name}_trs`, `${name}.projection`),
        ...linearReference(`query_${letters[name]}.0`, `${name}.query.hidden`),
        { reference: `query_${letters[name]}.2.weight`, parameter: `${name}.query.weight` },
      ]),
    ];
  },
};
