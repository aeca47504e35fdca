/**
 * EASE: a linear model of items whose weights are a ridge regression's, in closed form (Steck, Embarrassingly
 * Shallow Autoencoders for Sparse Data, WWW 2019), with features as more rows of what it is fitted to [ours]
 * (methods.md, §8).
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { sumDenseRows } from "../../shaders/dense_row_sum/dense_row_sum.ts";
import { perModality } from "../backbone/feature_tables.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { searchSettings, type SearchStage } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";
import { featureRows } from "./feature_rows.ts";
import { computeItemWeights } from "./item_weights.ts";
import { weightMatrix } from "./weight_matrix.ts";

/** The settings of EASE. */
export const easeSettings = {
  ...searchSettings,
  ridge: {
    type: "number",
    default: 200,
    minimum: 0,
    searched: true,
    description: "λ, which keeps weights small: more of it for more rows an item",
  },
  weights: {
    type: "string",
    default: "0",
    searched: true,
    description: 'Weight of features: a number, or one a modality as in "image=30,text=10"',
  },
} as const satisfies SettingSpecs;

/** Values of λ that a search climbs among, from the default on. */
const ridges = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4].map((power) => digit * 10 ** power))
  .sort((a, b) => a - b);
/** The weight of all modalities that is tried beside none while λ is searched for. */
const firstWeight = 30;
/** Weights of each modality that are tried with the best λ. */
const modalityWeights = [0, 10, 30, 60, 100];

function weightsOf(setting: string, names: readonly string[]): ReadonlyMap<string, number> {
  const isWeight = (value: number) => value >= 0 && value <= 1e6;
  return perModality("weights", setting, names, 0, "a number from 0 to 1000000", isWeight);
}

function weightsText(weights: ReadonlyMap<string, number>): string {
  const [first, ...others] = weights.values();
  if (others.every((weight) => weight === first)) return String(first);
  return [...weights].map(([name, weight]) => `${name}=${weight}`).join();
}

/** EASE: `R·B`, B the weights by which the other items of a user predict each item. */
export const ease: ComputedDefinition = defineModel({
  name: "ease",
  description: "A ridge regression of each item on all others, and on features (EASE, WWW 2019)",
  settings: easeSettings,
  search: searchStages,
  async compute(context) {
    const { memory, dataset, settings: { weights, ridge }, shared, note, kept } = context;
    const { train, users, items, modalities } = dataset;
    const shares = weightsOf(weights, modalities.map(({ name }) => name));
    const matrix = await weightMatrix(memory, items);
    if (kept === undefined) {
      const features = modalities.flatMap((modality) => {
        const weight = shares.get(modality.name)!;
        return weight > 0 ? [featureRows({ modality, weight })] : [];
      });
      const parts = { interactions: interactionMatrix(train, users, items), ridge, features };
      await computeItemWeights(memory, matrix, parts, { shared, note });
    }
    return {
      kept: { tables: matrix.blocks.map(({ table }) => table) },
      represent: () => ({
        scoreBlock(program, { users, historyStart: start, history: rows }, scores) {
          for (const { first: firstRow, table } of matrix.blocks) {
            const part = { firstRow, of: items, accumulate: firstRow > 0 };
            sumDenseRows(program, { count: users.length, start, rows }, table, scores, part);
          }
        },
      }),
    };
  },
});

/**
 * λ is climbed upwards, and then downwards where that led nowhere, each time without features and with all of
 * them; then each modality's weight is tried beside those of the others, twice over.
 */
function searchStages({ modalities }: Dataset): SearchStage<typeof easeSettings>[] {
  const names = modalities.map(({ name }) => name);
  const common = names.length === 0 ? ["0"] : ["0", String(firstWeight)];
  const at = (ridge: number | undefined) =>
    ridge === undefined ? [] : common.map((weights) => ({ ridge, weights }));
  const above = ridges.map(() => (best: { readonly ridge: number }) =>
    at(ridges.find((ridge) => ridge > best.ridge))
  );
  const below = ridges.map(() => (best: { readonly ridge: number }) =>
    at(ridges.findLast((ridge) => ridge < best.ridge))
  );
  const ofModality = (name: string) => (best: { readonly weights: string }) => {
    const others = weightsOf(best.weights, names);
    return modalityWeights.map((weight) => ({
      weights: weightsText(new Map([...others, [name, weight]])),
    }));
  };
  const perModality = names.map(ofModality);
  return [({ ridge }) => at(ridge), ...above, ...below, ...perModality, ...perModality];
}
