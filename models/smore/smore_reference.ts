/**
 * How SMORE compares with its reference implementation.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Arrangement, Reference } from "../model.ts";

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

/** Names and settings of the reference. */
export const smoreReference: Reference = {
  model: "SMORE",
  settings: (hyper) => ({
    layers: hyper.n_ui_layers,
    neighbours: `image=${hyper.image_knn_k},text=${hyper.text_knn_k}`,
    reg: hyper.reg_weight,
    dropout: hyper.dropout_rate,
    learning_rate: hyper.learning_rate,
  }),
  tensors(dataset: Dataset) {
    const linear = (reference: string, parameter: string) => [
      { reference: `${reference}.weight`, parameter: `${parameter}.weight` },
      { reference: `${reference}.bias`, parameter: `${parameter}.bias` },
    ];
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
        ...linear(`gate_${letters[view]}.0`, `${view}.gate`),
        ...linear(`gate_${view}_prefer.0`, `${view}.preference`),
      ]),
      ...names.flatMap((name) => [
        { reference: `${name}_embedding.weight`, parameter: `${name}.features` },
        ...linear(`${name}_trs`, `${name}.projection`),
        ...linear(`query_${letters[name]}.0`, `${name}.query.hidden`),
        { reference: `query_${letters[name]}.2.weight`, parameter: `${name}.query.weight` },
      ]),
    ];
  },
};
