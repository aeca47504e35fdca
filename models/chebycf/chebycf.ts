/**
 * ChebyCF: a Chebyshev polynomial and an ideal low-pass filter of the item graph ("Graph Spectral Filtering
 * with Chebyshev Interpolation for Recommendation", SIGIR 2025; methods.md, §8).
 *
 * @module
 */
import type { ComputedDefinition } from "../define_model.ts";
import { chebyshevPart } from "../filters/chebyshev_part.ts";
import { defineFilter } from "../filters/define_filter.ts";
import { takenItems } from "../filters/filter_context.ts";
import { eigenpairsGrid, idealSettings } from "../filters/filter_settings.ts";
import { idealParts } from "../filters/ideal_parts.ts";
import { joinParts } from "../filters/score_part.ts";
import type { WeightedParts } from "../model.ts";
import { combinations, searchSettings } from "../search.ts";
import type { Settings, SettingSpecs } from "../settings.ts";
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
    tuned: { from: 1, to: 50, scale: "log" },
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
    tuned: { from: 0.05, to: 3, scale: "log" },
    description: "Weight of the ideal filter beside the polynomial",
  },
  beta: {
    type: "number",
    default: 0.4,
    minimum: 0,
    maximum: 1,
    searched: true,
    tuned: { from: 0, to: 1 },
    description: "Power of the items' degrees that scores are multiplied by",
  },
} as const satisfies SettingSpecs;

type Candidate = Settings<typeof chebycfSettings>;

/** What a polynomial depends on. */
const polynomialOf = ({ order, flatness, sampling, beta }: Candidate) =>
  JSON.stringify({ order, flatness, sampling, beta });

/** ChebyCF: `R·D_I^-β (Σ_k c_k T_k(L) + α·V Vᵀ) D_I^β`. */
export const chebycf: ComputedDefinition = defineFilter({
  name: "chebycf",
  description: "A Chebyshev polynomial and an ideal filter of what a user has (SIGIR 2025)",
  settings: chebycfSettings,
  search: (dataset) => [
    () => combinations({ eigenpairs: eigenpairsGrid(dataset), alpha: [0.2, 0.5, 1, 2] }),
    () => combinations({ beta: [0.3, 0.4, 0.5, 0.6] }),
  ],
  // A user takes 2·order products with all train rows.
  searchUsers: 1536,
  async parts(context, candidates) {
    const interactions = takenItems(context);
    const polynomials = new Map(candidates.map((one) => [polynomialOf(one), one]));
    const sums: WeightedParts[] = [...polynomials].map(
      ([key, { order, flatness, sampling, beta }]) => {
        const coefficients = chebyshevCoefficients(order, flatness, sampling);
        const part = chebyshevPart(context.memory, interactions, coefficients, beta);
        const weights = candidates.map((one) => [Number(polynomialOf(one) === key)]);
        return { parts: [part], names: ["polynomial"], weights };
      },
    );
    for (const beta of new Set(candidates.map((one) => one.beta))) {
      const filters = candidates.map((one) => one.beta === beta ? one : { ...one, alpha: 0 });
      sums.push(await idealParts(context, interactions, beta, filters));
    }
    return joinParts(sums);
  },
});
