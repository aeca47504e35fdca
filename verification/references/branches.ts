/**
 * How the backbone of FITMM and SSR compares with its reference implementations.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { idBranch } from "../../models/backbone/branches.ts";
import type { ReferenceTensor } from "../reference.ts";

/** The letter that the references call a branch by. */
const letters: Readonly<Record<string, string>> = { image: "v", text: "t", id: "id" };

/**
 * The settings of the backbone for a reference's hyper-parameters.
 *
 * @param hyper By the reference's names.
 */
export function branchReferenceSettings(
  hyper: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    dim: hyper.embedding_size,
    neighbours: String(hyper.knn_k),
    // The published weights.
    graph_weights: "",
    standardise: false,
    layers: hyper.num_layers,
    learning_rate: hyper.learning_rate,
  };
}

/**
 * Where the references' tensors of the backbone are kept.
 *
 * @param dataset The dataset.
 */
export function branchReferenceTensors(dataset: Dataset): readonly ReferenceTensor[] {
  const names = dataset.modalities.map(({ name }) => name);
  return [
    { reference: "weight_u", parameter: "user weights" },
    { reference: "item_id_embedding.weight", parameter: "items" },
    ...[idBranch, ...names].map((name) => ({
      reference: `${letters[name]}_gcn.preference`,
      gradient: `${letters[name]}_preference`,
      parameter: `${name}.preference`,
    })),
    ...names.flatMap((name) => [
      { reference: `${name}_embedding.weight`, parameter: `${name}.features` },
      ...linearReference(`${letters[name]}_gcn.MLP`, `${name}.hidden`),
      ...linearReference(`${letters[name]}_gcn.MLP_1`, `${name}.output`),
    ]),
  ];
}

/**
 * Weight and bias of a linear layer.
 *
 * @param reference What the reference calls it.
 * @param parameter What the model calls it.
 */
export function linearReference(reference: string, parameter: string): ReferenceTensor[] {
  return [
    { reference: `${reference}.weight`, parameter: `${parameter}.weight` },
    { reference: `${reference}.bias`, parameter: `${parameter}.bias` },
  ];
}
