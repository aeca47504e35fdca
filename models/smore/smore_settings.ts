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
    description: "Propagations of the behaviour view",
  },
  item_layers: {
    type: "integer",
    default: 1,
    minimum: 1,
    maximum: 8,
    description: "Propagations on each item graph",
  },
  ...featureSettings,
  keep_bins: {
    type: "integer",
    default: 0,
    minimum: 0,
    description: "Frequency bins that the filters keep, from the lowest; 0 keeps all dim/2+1",
  },
  reg: { type: "number", default: 1e-4, minimum: 0, description: "Weight λ of the squared rows" },
  contrastive: {
    type: "number",
    default: 0.01,
    minimum: 0,
    description: "Weight of the alignment of side and behaviour views",
  },
  temperature: {
    type: "number",
    default: 0.2,
    minimum: 0.01,
    description: "Temperature of the alignment",
  },
  dropout: {
    type: "number",
    default: 0,
    minimum: 0,
    maximum: 0.99,
    description: "Probability with which a preference is set to 0 in training",
  },
  ...trainingSettings,
  learning_rate_decay: { ...trainingSettings.learning_rate_decay, default: 0.96 },
} as const satisfies SettingSpecs;
