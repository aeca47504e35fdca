/**
 * The settings of FITMM (methods.md, §4).
 *
 * @module
 */
import { branchSettings } from "../backbone/branches.ts";
import type { SettingSpecs } from "../settings.ts";
import { trainingSettings } from "../training_settings.ts";

/**
 * The settings of FITMM. The defaults of `standardise`, `ib_weight` and the learning rate are what learns on all of
 * the datasets here (bench/RESULTS.md, "Defaults that learn"); the published ones are presets.
 */
export const fitmmSettings = {
  ...branchSettings,
  standardise: { ...branchSettings.standardise, default: true },
  bands: {
    type: "integer",
    default: 3,
    minimum: 1,
    maximum: 16,
    tuned: { from: 2, to: 5 },
    description: "Frequency bands of each branch; 1 leaves the decomposition out",
  },
  basis: {
    type: "choice",
    default: "principal",
    choices: ["principal", "random"],
    description: "Directions along which bands are cut; random ones are for ablations",
  },
  ib: {
    type: "choice",
    default: "surrogate",
    choices: ["surrogate", "wiener", "none"],
    description: "Information bottleneck: a penalty on open gates, shrinkage by relevance, or none",
  },
  ib_weight: {
    type: "number",
    default: 0.05,
    minimum: 0,
    weighs: "bottleneck",
    tuned: { from: 1e-2, to: 10, scale: "log" },
    description: "Weight of the surrogate penalty",
  },
  ib_alpha: {
    type: "number",
    default: 1,
    minimum: 0,
    description: "α of the surrogate, on the squared gates",
  },
  ib_mu: {
    type: "number",
    default: 1,
    minimum: 0,
    description: "μ of the surrogate, on gates above ib_phi",
  },
  ib_phi: { type: "number", default: 0, minimum: 0, description: "φ of the surrogate" },
  ib_beta: {
    type: "number",
    default: 100,
    minimum: 1,
    description: "β of ib=wiener: directions with a relevance of 1/β or less are shut off",
  },
  consistency: {
    type: "choice",
    default: "cross-band",
    choices: ["cross-band", "cross-modal"],
    description: "What the consistency loss compares: bands, or modalities within a band",
  },
  consistency_weight: {
    type: "number",
    default: 1e-3,
    minimum: 0,
    weighs: "consistency",
    tuned: { from: 1e-4, to: 1, scale: "log" },
    description: "Weight of the consistency loss; 0 leaves it out",
  },
  ...trainingSettings,
} as const satisfies SettingSpecs;
