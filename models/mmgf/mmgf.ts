/**
 * MMGF: the sharpened item graph of Turbo-CF with the graphs of near items of each modality [ours], after MM-GF
 * (arXiv 2503.04406), whose dense similarities are sparse neighbours here (methods.md, §8).
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { neighboursOf, perModality } from "../backbone/feature_tables.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { entriesSetting, itemGramSettings } from "../filters/filter_settings.ts";
import { sharedItemGram, takenItems } from "../filters/item_graph_part.ts";
import {
  modalityGraph,
  modalityNeighbours,
  type ModalityWeight,
} from "../filters/modality_graph.ts";
import { sparsePart, sumOfParts } from "../filters/score_part.ts";
import { searchSettings, type SomeSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";
import { itemGramGrid } from "../turbocf/turbocf.ts";

const defaults = { neighbours: "10", weights: "0.2" };

/** The settings of MMGF. */
export const mmgfSettings = {
  ...searchSettings,
  ...itemGramSettings,
  neighbours: {
    type: "string",
    default: defaults.neighbours,
    searched: true,
    description: 'Nearest items of each item: a number, or one a modality as in "image=10,text=5"',
  },
  weights: {
    type: "string",
    default: defaults.weights,
    searched: true,
    description: 'Weight of near items: a number, or one a modality as in "image=0.3,text=0.1"',
  },
  standardise: {
    type: "boolean",
    default: true,
    description: "Whether each feature column is brought to mean 0 and deviation 1 first",
  },
  ...entriesSetting,
} as const satisfies SettingSpecs;

/** The weights of modalities. */
function weightsOf(setting: string, names: readonly string[]): ReadonlyMap<string, number> {
  const isWeight = (value: number) => value >= 0 && value <= 1000;
  return perModality("weights", setting, names, 0, "a number from 0 to 1000", isWeight);
}

/** What a search tries of a modality, beside the weights of the others. */
function modalityGrid(name: string, names: readonly string[], weights: string): SomeSettings[] {
  const others = weightsOf(weights, names);
  return [0, 0.1, 0.2, 0.3, 0.5, 1].map((weight) => ({
    weights: names.map((one) => `${one}=${one === name ? weight : others.get(one)}`).join(),
  }));
}

/** MMGF: `R·(P + Σ_m w_m·p·S_m)`, `P = (XᵀX)^∘s`, p the mean row sum of P. */
export const mmgf: ComputedDefinition = defineModel({
  name: "mmgf",
  description: "A sharpened item graph, with near items of each modality (after MM-GF, 2025)",
  settings: mmgfSettings,
  search: ({ modalities }) => {
    const names = modalities.map(({ name }) => name);
    return [
      () => itemGramGrid,
      ...names.map((name) => (best: { readonly weights: string }) =>
        modalityGrid(name, names, best.weights)
      ),
      () => ["5", "10", "20"].map((neighbours) => ({ neighbours })),
    ];
  },
  async compute(context) {
    const { memory, dataset, settings } = context;
    const { exponent, sharpness, standardise, entries } = settings;
    const names = dataset.modalities.map(({ name }) => name);
    if (names.length === 0) {
      throw new DataError(
        `Cannot train "mmgf" on "${dataset.name}": the dataset has no features`,
        'Put a <modality>_feat.npy beside the .inter file, or train "turbocf", which is the same without',
      );
    }
    const counts = neighboursOf(settings.neighbours, names);
    const shares = weightsOf(settings.weights, names);
    const weights = new Map(names.map((name): [string, ModalityWeight] => [
      name,
      { neighbours: counts.get(name)!, weight: shares.get(name)! },
    ]));
    const near = await modalityNeighbours(context, weights, standardise);
    const options = { exponent, sharpness, mostEntries: entries };
    const { matrix, total } = await sharedItemGram(context, takenItems(context), options);
    const taken = sparsePart(memory, "item graph", matrix);
    const graph = modalityGraph(dataset.items, near, weights, total / dataset.items);
    const parts = graph === undefined
      ? [taken]
      : [taken, sparsePart(memory, "modality graph", graph)];
    return sumOfParts(parts, { arrays: near.arrays });
  },
});
