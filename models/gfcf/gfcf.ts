/**
 * GF-CF: a linear and an ideal low-pass filter of the item graph (Shen et al., "How Powerful is Graph
 * Convolution for Recommendation?", CIKM 2021; methods.md, §8).
 *
 * @module
 */
import { joinParts, sparsePart, takenTogether } from "../filters/score_part.ts";
import { defineFilter } from "../filters/define_filter.ts";
import type { ComputedDefinition } from "../define_model.ts";
import { sharedItemGram, takenItems } from "../filters/filter_context.ts";
import { eigenpairsGrid, entriesSetting, idealSettings } from "../filters/filter_settings.ts";
import { idealParts } from "../filters/ideal_parts.ts";
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
    tuned: { from: 0.1, to: 30, scale: "log" },
    description: "Weight of the ideal filter beside the linear one",
  },
  ...entriesSetting,
} as const satisfies SettingSpecs;

/** GF-CF: `R·(G + α·D_I^-½ V Vᵀ D_I^½)`. */
export const gfcf: ComputedDefinition = defineFilter({
  name: "gfcf",
  description: "A linear and an ideal low-pass filter of what a user has (CIKM 2021)",
  settings: gfcfSettings,
  search: (dataset) => [
    () => combinations({ eigenpairs: eigenpairsGrid(dataset), alpha: [0.3, 1, 3, 10] }),
  ],
  async parts(context, candidates) {
    const interactions = takenItems(context);
    const options = { exponent: 0.5, sharpness: 1, mostEntries: candidates[0].entries };
    const { matrix } = await sharedItemGram(context, interactions, options);
    const linear = sparsePart(context.memory, "item graph", matrix);
    return joinParts([
      { parts: [linear], names: [takenTogether], weights: candidates.map(() => [1]) },
      await idealParts(context, interactions, 0.5, candidates),
    ]);
  },
});
