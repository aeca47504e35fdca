/**
 * Turbo-CF: a polynomial of a sharpened item graph (Park et al., "Turbo-CF: Matrix Decomposition-Free Graph
 * Filtering for Fast Recommendation", SIGIR 2024; methods.md, §8).
 *
 * @module
 */
import type { ComputedDefinition } from "../define_model.ts";
import { defineFilter } from "../filters/define_filter.ts";
import { entriesSetting, itemGramGrid, itemGramSettings } from "../filters/filter_settings.ts";
import { sharedItemGram, takenItems } from "../filters/filter_context.ts";
import { powerPart } from "../filters/power_part.ts";
import { sparsePart, takenTogether } from "../filters/score_part.ts";
import { searchSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";

/** The settings of Turbo-CF. */
export const turbocfSettings = {
  ...searchSettings,
  ...itemGramSettings,
  order: {
    type: "integer",
    default: 1,
    minimum: 1,
    maximum: 3,
    tuned: { choices: [1, 2, 3] },
    description: "Degree of the polynomial; higher ones take sparse products of whole blocks",
  },
  ...entriesSetting,
} as const satisfies SettingSpecs;

/** The weights of P, P², P³ by the order: `P`, `2P − P²`, `P + .01(−P³ + 10P² − 29P)`. */
const polynomials = [[1], [2, -1], [1 - 0.29, 0.1, -0.01]];

/** Turbo-CF: a polynomial of `P = (XᵀX)^∘s`. */
export const turbocf: ComputedDefinition = defineFilter({
  name: "turbocf",
  description: "A polynomial of a sharpened item graph (SIGIR 2024)",
  settings: turbocfSettings,
  search: () => [() => itemGramGrid],
  async parts(context, candidates) {
    // Each has an item graph of its own, of which memory holds one.
    if (candidates.length > 1) return undefined;
    const [{ exponent, sharpness, order, entries }] = candidates;
    const options = { exponent, sharpness, mostEntries: entries };
    const { matrix } = await sharedItemGram(context, takenItems(context), options);
    const part = order === 1
      ? sparsePart(context.memory, "item graph", matrix)
      : powerPart(context.memory, "item graph", matrix, polynomials[order - 1]);
    return { parts: [part], names: [takenTogether], weights: [[1]] };
  },
});
