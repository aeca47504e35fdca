/**
 * EASE: a linear model of items whose weights are a ridge regression's, in closed form (Steck, Embarrassingly
 * Shallow Autoencoders for Sparse Data, WWW 2019), with features as more rows of what it is fitted to [ours]
 * (methods.md, §8).
 *
 * @module
 */
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { sumDenseRows } from "../../shaders/dense_row_sum/dense_row_sum.ts";
import { additiveScorer } from "../composition.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { searchSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";
import { featureRows } from "./unit_features.ts";
import { computeItemWeights, keptInverses } from "./item_weights.ts";
import { searchStages, weightsOf } from "./search_stages.ts";
import { hasRoom, weightMatrix } from "./weight_matrix.ts";

/** The settings of EASE. */
export const easeSettings = {
  ...searchSettings,
  ridge: {
    type: "number",
    default: 200,
    minimum: 0,
    searched: true,
    tuned: { from: 2, to: 20000, scale: "log" },
    description: "λ, which keeps weights small: more of it for more rows an item",
  },
  weights: {
    type: "string",
    default: "0",
    searched: true,
    ofFeatures: true,
    tuned: { choices: ["0", "3", "10", "30", "100"] },
    description: 'Weight of features: a number, or one a modality as in "image=30,text=10"',
  },
} as const satisfies SettingSpecs;

/** EASE: `R·B`, B the weights by which the other items of a user predict each item. */
export const ease: ComputedDefinition = defineModel({
  name: "ease",
  description: "A ridge regression of each item on all others, and on features (EASE, WWW 2019)",
  settings: easeSettings,
  search: searchStages,
  plan: ({ memory, dataset: { items } }) => weightMatrix(memory, items),
  async compute(context) {
    const { memory, dataset, settings: { weights, ridge }, shared, kept } = context;
    const { train, users, items, modalities } = dataset;
    const shares = weightsOf(weights, modalities.map(({ name }) => name));
    const matrix = await weightMatrix(memory, items);
    if (kept === undefined) {
      const features = modalities.flatMap((modality) => {
        const weight = shares.get(modality.name)!;
        return weight > 0 ? [featureRows({ modality, weight })] : [];
      });
      const parts = { interactions: interactionMatrix(train, users, items), ridge, features };
      const copies = hasRoom(memory, matrix, keptInverses) ? shared : undefined;
      const { note, signal, onProgress } = context;
      const options = { shared: copies, note, signal, onProgress };
      await computeItemWeights(memory, matrix, parts, options);
    }
    const scorer = additiveScorer({
      scoreBlock(program, { users, historyStart: start, history: rows }, scores) {
        for (const { first: firstRow, table } of matrix.blocks) {
          const part = { firstRow, of: items, accumulate: firstRow > 0 };
          sumDenseRows(program, { count: users.length, start, rows }, table, scores, part);
        }
      },
    });
    return { ...scorer, kept: { tables: matrix.blocks.map(({ table }) => table) } };
  },
});
