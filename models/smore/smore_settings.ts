/**
 * The settings of SMORE (methods.md, §3).
 *
 * @module
 */
import { featureSettings } from "../backbone/feature_tables.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension, trainingSettings } from "../training_settings.ts";

/** The settings of SMORE. */
export const smoreSettings = {
  dim: dimension,
  layers: {
    type: "integer",
    default: 4,
    minimum: 1,
    maximum: 16,
    tuned: { from: 1, to: 4 },
    description: "Layers on the interaction graph (the behaviour view)",
  },
  item_layers: {
    type: "integer",
    default: 1,
    minimum: 1,
    maximum: 8,
    description: "Layers on each item graph",
  },
  ...featureSettings,
  denoiser: {
    type: "choice",
    default: "fourier",
    choices: ["fourier", "attention", "graph", "none"],
    description:
      "What cleans the features of a view: the published Fourier filter, an attention on the row itself, smoothing over the item graph, or nothing",
  },
  keep_bins: {
    type: "integer",
    default: 0,
    minimum: 0,
    description: "Lowest frequency bins that the Fourier filters keep; 0 keeps all dim/2+1",
  },
  reg: {
    type: "number",
    default: 1e-4,
    minimum: 0,
    tuned: { from: 1e-6, to: 1e-2, scale: "log" },
    description: "Weight λ of the L2 penalty",
  },
  contrastive: {
    type: "number",
    default: 0.01,
    minimum: 0,
    weighs: "alignment",
    tuned: { from: 1e-3, to: 1e-1, scale: "log" },
    description: "Weight of the contrastive loss between the side and behaviour views",
  },
  contrastive_warm_up: {
    type: "number",
    default: 0.02,
    minimum: 0,
    maximum: 1,
    description:
      "Share that the BPR loss falls by while the contrastive loss sets in; 0 for its whole weight at once",
  },
  temperature: {
    type: "number",
    default: 0.2,
    minimum: 0.01,
    tuned: { from: 0.1, to: 1, scale: "log" },
    description: "Temperature of the contrastive loss",
  },
  dropout: {
    type: "number",
    default: 0,
    minimum: 0,
    maximum: 0.99,
    tuned: { from: 0, to: 0.5 },
    description: "Dropout rate of the modality preferences",
  },
  ...trainingSettings,
  learning_rate_decay: { ...trainingSettings.learning_rate_decay, default: 0.96 },
} as const satisfies SettingSpecs;
