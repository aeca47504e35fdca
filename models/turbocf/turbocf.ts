/**
 * Turbo-CF: a polynomial of a sharpened item graph (Park et al., "Turbo-CF: Matrix Decomposition-Free Graph
 * Filtering for Fast Recommendation", SIGIR 2024; methods.md, §8).
 *
 * @module
 */
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { entriesSetting, itemGramSettings } from "../filters/filter_settings.ts";
import { sharedItemGram, takenItems } from "../filters/item_graph_part.ts";
import { powerPart } from "../filters/power_part.ts";
import { sparsePart, sumOfParts } from "../filters/score_part.ts";
import { combinations, searchSettings, type SomeSettings } from "../search.ts";
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
    description: "Degree of the polynomial; higher ones take sparse products of whole blocks",
  },
  ...entriesSetting,
} as const satisfies SettingSpecs;

/** What a search tries of the item graph. */
export const itemGramGrid: readonly SomeSettings[] = combinations({
  exponent: [0.8, 0.9, 0.95, 1],
  sharpness: [0.4, 0.5, 0.6, 0.8],
});

/** The weights of P, P², P³ by the order: `P`, `2P − P²`, `P + .01(−P³ + 10P² − 29P)`. */
const polynomials = [[1], [2, -1], [1 - 0.29, 0.1, -0.01]];

/** Turbo-CF: a polynomial of `P = (XᵀX)^∘s`. */
export const turbocf: ComputedDefinition = defineModel({
  name: "turbocf",
  description: "A polynomial of a sharpened item graph (SIGIR 2024)",
  settings: turbocfSettings,
  search: () => [() => itemGramGrid],
  async compute(context) {
    const { memory, settings: { exponent, sharpness, order, entries } } = context;
    const options = { exponent, sharpness, mostEntries: entries };
    const { matrix } = await sharedItemGram(context, takenItems(context), options);
    return sumOfParts([
      order === 1
        ? sparsePart(memory, "item graph", matrix)
        : powerPart(memory, "item graph", matrix, polynomials[order - 1]),
    ]);
  },
});
