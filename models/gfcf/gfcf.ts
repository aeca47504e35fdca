/**
 * GF-CF: a linear and an ideal low-pass filter of the item graph (Shen et al., "How Powerful is Graph
 * Convolution for Recommendation?", CIKM 2021; methods.md, §8).
 *
 * @module
 */
import { rowCounts, transpose } from "../../algebra/csr.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { entriesSetting, idealSettings } from "../filters/filter_settings.ts";
import { idealPart } from "../filters/ideal_part.ts";
import { sharedItemGram, takenItems } from "../filters/item_graph_part.ts";
import { sparsePart, sumOfParts } from "../filters/score_part.ts";
import { sharedEigenvectors } from "../filters/shared_eigenvectors.ts";
import { combinations, searchSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";

/** The settings of GF-CF; the defaults are the paper's. */
export const gfcfSettings = {
  ...searchSettings,
  ...idealSettings,
  alpha: {
    type: "number",
    default: 0.3,
    minimum: 0,
    maximum: 1000,
    searched: true,
    description: "Weight of the ideal filter beside the linear one",
  },
  ...entriesSetting,
} as const satisfies SettingSpecs;

/** GF-CF: `R·(G + α·D_I^-½ V Vᵀ D_I^½)`. */
export const gfcf: ComputedDefinition = defineModel({
  name: "gfcf",
  description: "A linear and an ideal low-pass filter of what a user has (CIKM 2021)",
  settings: gfcfSettings,
  search: () => [
    () => combinations({ eigenpairs: [64, 128, 256], alpha: [0.1, 0.3, 1, 3] }),
  ],
  async compute(context) {
    const { memory, settings: { eigenpairs, alpha, entries } } = context;
    const interactions = takenItems(context);
    const options = { exponent: 0.5, sharpness: 1, mostEntries: entries };
    const { matrix } = await sharedItemGram(context, interactions, options);
    const linear = sparsePart(memory, "item graph", matrix);
    if (alpha === 0) return sumOfParts([linear]);
    const { eigenvectors, kept } = await sharedEigenvectors(context, interactions, eigenpairs);
    const degrees = rowCounts(transpose(interactions));
    const ideal = idealPart(memory, { eigenvectors, degrees, alpha, beta: 0.5 });
    return sumOfParts([linear, ideal], kept);
  },
});
