/**
 * The item graph of FREEDOM, FITMM and SSR: the weighted sum of the mean graphs of all modalities
 * (methods.md, §1).
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { itemGraph, type NeighbourSearch } from "../../graph/item_graph.ts";
import { weightedSum } from "../../graph/merge.ts";
import { byValidation, graphWeightsOf, neighboursOf } from "./feature_tables.ts";

/** The settings of the item graph. */
export const meanItemGraphSettings = {
  graph_weights: {
    type: "string",
    default: byValidation,
    description:
      'Modality weights in the item graph, such as "image=0.1,text=0.9"; "validation" measures them, empty for image 0.1, others 0.9',
  },
} as const;

/** Where the item graph of each modality comes from. */
export interface MeanGraphSource extends NeighbourSearch {
  /** The device. */
  readonly gpu: Gpu;
  /** The features. */
  readonly modalities: readonly Modality[];
  /** How many neighbours. */
  readonly neighbours: string;
}

/**
 * S_m of each modality: value 1/k for each of the k nearest items of each item.
 *
 * @param source Where they come from.
 * @returns `I×I` each.
 */
export async function meanGraphs(
  { gpu, modalities, neighbours, ...search }: MeanGraphSource,
): Promise<Csr[]> {
  const counts = neighboursOf(neighbours, modalities.map(({ name }) => name));
  const graphs = [];
  for (const modality of modalities) {
    const options = { k: counts.get(modality.name)!, weighting: "mean" } as const;
    graphs.push(await itemGraph(gpu, modality, options, search));
  }
  return graphs;
}

/** The graph of a modality, and its weight in the sum. */
export interface WeightedItemGraph {
  /** The modality. */
  readonly name: string;
  /** S_m, `I×I`. */
  readonly matrix: Csr;
  /** w_m. */
  readonly weight: number;
}

/**
 * The S_m and w_m of `Σ_m w_m·S_m`.
 *
 * @param gpu The device.
 * @param modalities The features.
 * @param settings How many neighbours, and the weights.
 * @param search Where neighbours are kept, and who watches.
 */
export async function weightedItemGraphs(
  gpu: Gpu,
  modalities: readonly Modality[],
  settings: { readonly neighbours: string; readonly graph_weights: string },
  search?: NeighbourSearch,
): Promise<WeightedItemGraph[]> {
  const { neighbours, graph_weights } = settings;
  const weights = graphWeightsOf(graph_weights, modalities.map(({ name }) => name));
  const graphs = await meanGraphs({ gpu, modalities, neighbours, ...search });
  return graphs.map((matrix, n) => {
    const { name } = modalities[n];
    return { name, matrix, weight: weights.get(name)! };
  });
}

/**
 * `Σ_m w_m·S_m`.
 *
 * @param gpu The device.
 * @param modalities The features.
 * @param settings How many neighbours, and the weights.
 * @param search Where neighbours are kept, and who watches.
 * @returns `I×I`.
 */
export async function meanItemGraph(
  gpu: Gpu,
  modalities: readonly Modality[],
  settings: { readonly neighbours: string; readonly graph_weights: string },
  search?: NeighbourSearch,
): Promise<Csr> {
  return weightedSum(await weightedItemGraphs(gpu, modalities, settings, search));
}
