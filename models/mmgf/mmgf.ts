/**
 * MMGF: the sharpened item graph of Turbo-CF with the graphs of near items of each modality [ours], after MM-GF
 * (arXiv 2503.04406), whose dense similarities are sparse neighbours here (methods.md, §8).
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { neighboursOf, perModality } from "../backbone/feature_tables.ts";
import type { ComputedDefinition } from "../define_model.ts";
import { defineFilter } from "../filters/define_filter.ts";
import { sharedItemGram, takenItems } from "../filters/filter_context.ts";
import { entriesSetting, itemGramGrid, itemGramSettings } from "../filters/filter_settings.ts";
import { modalityGraph, modalityNeighbours } from "../filters/modality_graph.ts";
import { sparsePart, takenTogether } from "../filters/score_part.ts";
import type { ModelContext } from "../model.ts";
import { searchSettings, type SomeSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";

const defaults = { neighbours: "10", weights: "0.2" };

/** The settings of MMGF. */
export const mmgfSettings = {
  ...searchSettings,
  ...itemGramSettings,
  neighbours: {
    type: "string",
    default: defaults.neighbours,
    searched: true,
    tuned: { choices: ["5", "10", "20", "40"] },
    description: 'Nearest items of each item: a number, or one a modality as in "image=10,text=5"',
  },
  weights: {
    type: "string",
    default: defaults.weights,
    searched: true,
    tuned: { choices: ["0.05", "0.1", "0.2", "0.3", "0.5", "0.8"] },
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

/** What a search tries of the weights: up to three modalities in all combinations, more one after the other. */
const weightGrid = [0, 0.1, 0.2, 0.3, 0.5];
const mostTogether = 3;

type Stage = (best: { readonly weights: string }) => readonly SomeSettings[];

/** What a search tries of the weights of some modalities, beside those of the others. */
function weightsStage(searched: readonly string[], names: readonly string[]): Stage {
  return ({ weights }) => {
    const others = weightsOf(weights, names);
    const all = searched.reduce(
      (grid, name) =>
        grid.flatMap((one) => weightGrid.map((weight) => new Map([...one, [name, weight]]))),
      [others],
    );
    return all.map((one) => ({ weights: names.map((name) => `${name}=${one.get(name)}`).join() }));
  };
}

/** MMGF: `R·(P + Σ_m w_m·p·S_m)`, `P = (XᵀX)^∘s`, p the mean row sum of P. */
export const mmgf: ComputedDefinition = defineFilter({
  name: "mmgf",
  description: "A sharpened item graph, with near items of each modality (after MM-GF, 2025)",
  needsFeatures: true,
  settings: mmgfSettings,
  search: ({ modalities }) => {
    const names = modalities.map(({ name }) => name);
    const weights = names.length <= mostTogether
      ? [weightsStage(names, names)]
      : names.map((name) => weightsStage([name], names));
    return [
      () => itemGramGrid,
      ...weights,
      () => ["5", "20"].map((neighbours) => ({ neighbours })),
    ];
  },
  async parts(context, candidates) {
    const { dataset, memory } = context;
    const names = namesOf(dataset);
    // All have the item graphs of the first; candidates that differ in them are no sums of the same parts.
    const [{ exponent, sharpness, neighbours, standardise, entries }] = candidates;
    const isAlike = candidates.every((one) =>
      one.exponent === exponent && one.sharpness === sharpness && one.neighbours === neighbours
    );
    if (!isAlike) return undefined;
    const counts = neighboursOf(neighbours, names);
    const shares = candidates.map(({ weights }) => weightsOf(weights, names));
    const used = dataset.modalities.filter(({ name }) => shares.some((one) => one.get(name)! > 0));
    const options = { exponent, sharpness, mostEntries: entries };
    const { matrix, total } = await sharedItemGram(context, takenItems(context), options);
    const parts = [sparsePart(memory, "item graph", matrix)];
    const arrays = new Map();
    for (const modality of used) {
      const k = counts.get(modality.name)!;
      const [name, near] = await modalityNeighbours(context, modality, k, standardise);
      arrays.set(name, near);
      parts.push(sparsePart(memory, `${modality.name} graph`, modalityGraph(near.values, k)));
    }
    const mean = total / dataset.items;
    const weights = shares.map((one) => [1, ...used.map(({ name }) => one.get(name)! * mean)]);
    const parted = [takenTogether, ...used.map(({ name }) => `similar ${name}`)];
    return { parts, names: parted, weights, kept: arrays.size > 0 ? { arrays } : undefined };
  },
});

function namesOf({ name, modalities }: ModelContext["dataset"]): string[] {
  if (modalities.length > 0) return modalities.map(({ name }) => name);
  throw new DataError(
    `Cannot train "mmgf" on "${name}": the dataset has no features`,
    'Put a <modality>_feat.npy beside the .inter file, or train "turbocf", which is the same without',
  );
}
