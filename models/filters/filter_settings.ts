/**
 * Settings that filters share.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { graphStructure } from "../../graph/graph_structure.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { combinations, type SomeSettings } from "../search.ts";
import type { SettingSpecs } from "../settings.ts";

/** The settings of the item graph `P = (XᵀX)^∘s`; the defaults stand between what the datasets here like best. */
export const itemGramSettings = {
  exponent: {
    type: "number",
    default: 0.9,
    minimum: 0,
    maximum: 1,
    searched: true,
    tuned: { from: 0.6, to: 1 },
    description: "How much users with many items count less; popular items do by the rest to 1",
  },
  sharpness: {
    type: "number",
    default: 0.6,
    minimum: 0,
    maximum: 10,
    searched: true,
    tuned: { from: 0.2, to: 1 },
    description: "Power that each entry of the item graph is raised to",
  },
} as const satisfies SettingSpecs;

/** The bound of the item graph's memory. */
export const entriesSetting = {
  entries: {
    type: "integer",
    default: 2 ** 24,
    minimum: 1,
    maximum: 2 ** 25,
    description: "Most entries of the item graph; beyond, its longest rows keep their largest ones",
  },
} as const satisfies SettingSpecs;

/** The settings of the ideal low-pass filter. */
export const idealSettings = {
  eigenpairs: {
    type: "integer",
    default: 256,
    minimum: 1,
    searched: true,
    tuned: { from: 16, to: 512, scale: "log" },
    description: "Eigenpairs of the item graph that pass the ideal filter",
  },
} as const satisfies SettingSpecs;

/** What a search tries of the item graph. */
export const itemGramGrid: readonly SomeSettings[] = combinations({
  exponent: [0.7, 0.8, 0.9, 0.95, 1],
  sharpness: [0.3, 0.4, 0.5, 0.6],
});

/**
 * What a search tries of the eigenpairs: 16 to 256 beyond the eigenvalue 1 of each component of the graph but one,
 * which say no more than who is connected.
 *
 * @param dataset The dataset.
 */
export function eigenpairsGrid({ train, users, items }: Dataset): number[] {
  const { components } = graphStructure(bipartiteAdjacency(interactionMatrix(train, users, items)));
  const others = Math.max(0, components.length - 1);
  return [16, 32, 64, 128, 160, 256].map((eigenpairs) => others + eigenpairs);
}
