/**
 * ChebyCF: a Chebyshev polynomial and an ideal low-pass filter of the item graph ("Graph Spectral Filtering
 * with Chebyshev Interpolation for Recommendation", SIGIR 2025; methods.md, §8).
 *
 * @module
 */
import { rowCounts, transpose } from "../../algebra/csr.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { chebyshevPart } from "../filters/chebyshev_part.ts";
import { idealSettings } from "../filters/filter_settings.ts";
import { idealPart } from "../filters/ideal_part.ts";
import { takenItems } from "../filters/item_graph_part.ts";
import { sumOfParts } from "../filters/score_part.ts";
import { sharedEigenvectors } from "../filters/shared_eigenvectors.ts";
import { combinations, searchSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";
import { chebyshevCoefficients } from "./coefficients.ts";

/** The settings of ChebyCF. */
export const chebycfSettings = {
  ...searchSettings,
  order: {
    type: "integer",
    default: 8,
    minimum: 1,
    maximum: 64,
    description: "Degree of the polynomial: two sparse products each",
  },
  flatness: {
    type: "number",
    default: 10,
    minimum: 0.1,
    maximum: 100,
    searched: true,
    description: "How wide the plateau of the transfer function is",
  },
  sampling: {
    type: "choice",
    default: "published",
    choices: ["published", "exact"],
    description: "Where the transfer function is sampled: as published, or at the nodes themselves",
  },
  ...idealSettings,
  alpha: {
    type: "number",
    default: 0.2,
    minimum: 0,
    maximum: 1000,
    searched: true,
    description: "Weight of the ideal filter beside the polynomial",
  },
  beta: {
    type: "number",
    default: 0.4,
    minimum: 0,
    maximum: 1,
    searched: true,
    description: "Power of the items' degrees that scores are multiplied by",
  },
} as const satisfies SettingSpecs;

/** ChebyCF: `R·D_I^-β (Σ_k c_k T_k(L) + α·V Vᵀ) D_I^β`. */
export const chebycf: ComputedDefinition = defineModel({
  name: "chebycf",
  description: "A Chebyshev polynomial and an ideal filter of what a user has (SIGIR 2025)",
  settings: chebycfSettings,
  search: () => [
    () => combinations({ beta: [0.2, 0.3, 0.4, 0.5] }),
    () => combinations({ alpha: [0.1, 0.2, 0.3] }),
    () => combinations({ flatness: [10, 15] }),
  ],
  async compute(context) {
    const { memory, settings: { order, flatness, sampling, eigenpairs, alpha, beta } } = context;
    const interactions = takenItems(context);
    const coefficients = chebyshevCoefficients(order, flatness, sampling);
    const polynomial = chebyshevPart(memory, interactions, coefficients, beta);
    if (alpha === 0) return sumOfParts([polynomial]);
    const { eigenvectors, kept } = await sharedEigenvectors(context, interactions, eigenpairs);
    const degrees = rowCounts(transpose(interactions));
    const ideal = idealPart(memory, { eigenvectors, degrees, alpha, beta });
    return sumOfParts([polynomial, ideal], kept);
  },
});
