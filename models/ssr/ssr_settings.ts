/**
 * The settings of SSR (methods.md, §5).
 *
 * @module
 */
import { branchSettings } from "../backbone/branches.ts";
import { decompositionSettings } from "./decomposition.ts";
import type { SettingSpecs } from "../settings.ts";
import { trainingSettings } from "../training_settings.ts";

/** The settings of SSR. */
export const ssrSettings = {
  ...branchSettings,
  ...decompositionSettings,
  mask_rate: {
    type: "number",
    default: 0.1,
    minimum: 0,
    maximum: 0.99,
    tuned: { from: 0, to: 0.5 },
    description: "Probability that a node's band is masked in training",
  },
  mask_weight: {
    type: "number",
    default: 0,
    minimum: 0,
    weighs: "masked",
    tuned: { from: 1e-4, to: 1e-1, scale: "log" },
    description: "Weight of the masking loss; 0 leaves masking out",
  },
  consistency: {
    type: "choice",
    default: "representation",
    choices: ["representation", "prediction"],
    description: "What masking must not change: the embeddings, or the scores",
  },
  operator: {
    type: "choice",
    default: "ghsno",
    choices: ["ghsno", "cp", "none"],
    description: "What mixes the bands: G-HSNO, its tensor in CP form, or nothing",
  },
  rank: {
    type: "integer",
    default: 4,
    minimum: 1,
    maximum: 64,
    description: "Rank r of the operator",
  },
  operator_reg: {
    type: "number",
    default: 0.1,
    minimum: 0,
    tuned: { from: 1e-2, to: 1, scale: "log" },
    description: "Weight of the L2 penalty on the operator's mixing matrix and gains",
  },
  output: {
    type: "choice",
    default: "aggregate",
    choices: ["aggregate", "spectral", "mix"],
    description:
      "What scores come from: the sum of the bands, their concatenation, or a mix of both",
  },
  mix: {
    type: "number",
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: "Share of the spectral scores, for output=mix",
  },
  alignment_weight: {
    type: "number",
    default: 0,
    minimum: 0,
    weighs: "alignment",
    ofFeatures: true,
    tuned: { from: 1e-5, to: 1e-1, scale: "log" },
    description: "Weight of the modality alignment loss; 0 leaves it out",
  },
  temperature: {
    type: "number",
    default: 0.2,
    minimum: 0.05,
    tuned: { from: 0.1, to: 1, scale: "log" },
    description: "Temperature of the alignment loss",
  },
  alignment_rows: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 32768,
    description: "Batch rows aligned per step; 0 for all, or 512 on a software adapter",
  },
  ...trainingSettings,
  learning_rate: { ...trainingSettings.learning_rate, default: 5e-4 },
} as const satisfies SettingSpecs;
