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
    description: "Probability with which a band of a node is masked in training",
  },
  mask_weight: {
    type: "number",
    default: 1e-3,
    minimum: 0,
    description: "Weight of the consistency of masked bands; 0 leaves masking out",
  },
  consistency: {
    type: "choice",
    default: "representation",
    choices: ["representation", "prediction"],
    description: "What masked bands are to keep: the rows that are scored, or the scores",
  },
  operator: {
    type: "choice",
    default: "ghsno",
    choices: ["ghsno", "cp", "none"],
    description: "What mixes bands: G-HSNO, its tensor in CP form, or nothing",
  },
  rank: { type: "integer", default: 4, minimum: 1, maximum: 64, description: "Operator's rank r" },
  operator_reg: {
    type: "number",
    default: 0.1,
    minimum: 0,
    description: "Weight of the mean squares of the operator's mixing matrix and gains",
  },
  output: {
    type: "choice",
    default: "aggregate",
    choices: ["aggregate", "spectral", "mix"],
    description: "What is scored: the sum of the bands, the bands beside each other, or both",
  },
  mix: {
    type: "number",
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: "Share of the spectral scores with output=mix",
  },
  alignment_weight: {
    type: "number",
    default: 1e-4,
    minimum: 0,
    description: "Weight of the alignment of modalities; 0 leaves it out",
  },
  temperature: {
    type: "number",
    default: 0.2,
    minimum: 0.05,
    description: "Temperature of the alignment",
  },
  alignment_rows: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 32768,
    description:
      "Rows of the batch that are aligned in a step; 0 takes all, or 512 on a software adapter",
  },
  ...trainingSettings,
  learning_rate: { ...trainingSettings.learning_rate, default: 1e-4 },
} as const satisfies SettingSpecs;
