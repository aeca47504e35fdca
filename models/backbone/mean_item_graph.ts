/**
 * The item graph of FREEDOM, FITMM and SSR: the weighted sum of the mean graphs of all modalities
 * (methods.md, §1).
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import type { GraphCache } from "../../graph/kept_file.ts";
import { weightedSum } from "../../graph/merge.ts";
import { graphWeightsOf, neighboursOf } from "./feature_tables.ts";

/** The settings of the item graph. */
export const meanItemGraphSettings = {
  graph_weights: {
    type: "string",
    default: "",
    description:
      'Modality weights in the item graph, such as "image=0.1,text=0.9"; empty for image 0.1, others 0.9',
  },
} as const;

/**
 * `Σ_m w_m·S_m`, S_m with value 1/k for each of the k nearest items of each item.
 *
 * @param gpu The device.
 * @param modalities The features.
 * @param settings How many neighbours, and the weights.
 * @param cache Where neighbours are kept.
 * @returns `I×I`.
 */
export async function meanItemGraph(
  gpu: Gpu,
  modalities: readonly Modality[],
  settings: { readonly neighbours: string; readonly graph_weights: string },
  cache?: GraphCache,
): Promise<Csr> {
  const names = modalities.map(({ name }) => name);
  const counts = neighboursOf(settings.neighbours, names);
  const weights = graphWeightsOf(settings.graph_weights, names);
  const terms = [];
  for (const modality of modalities) {
    const options = { k: counts.get(modality.name)!, weighting: "mean" } as const;
    const matrix = await itemGraph(gpu, modality, options, cache);
    terms.push({ matrix, weight: weights.get(modality.name)! });
  }
  return weightedSum(terms);
}
