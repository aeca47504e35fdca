/**
 * Settings that filters share.
 *
 * @module
 */
import type { SettingSpecs } from "../settings.ts";

/** The settings of the item graph `P = (XᵀX)^∘s`; the defaults stand between what the datasets here like best. */
export const itemGramSettings = {
  exponent: {
    type: "number",
    default: 0.9,
    minimum: 0,
    maximum: 1,
    searched: true,
    description: "How much users with many items count less; popular items do by the rest to 1",
  },
  sharpness: {
    type: "number",
    default: 0.6,
    minimum: 0,
    maximum: 10,
    searched: true,
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
    description: "Eigenpairs of the item graph that pass the ideal filter",
  },
} as const satisfies SettingSpecs;
