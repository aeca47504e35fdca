/**
 * Settings by which the models of the built-in studies learn.
 *
 * @module
 */
import { sampleName } from "../../data/default_names.ts";
import { presets } from "../../models/presets.ts";
import type { SomeSettings } from "../../models/search.ts";

/**
 * Settings of a study: the published ones where there are any for this model and dataset; on the built-in sample, which
 * is small, narrow rows and large steps, chosen on its validation split; elsewhere none, so that models have their
 * defaults.
 *
 * @param dataset The name of the dataset.
 * @param model The name of the model.
 * @example
 * ```ts
 * import { usualSettings } from "./usual_settings.ts";
 * usualSettings("sample", "smore").dim; // 16
 * ```
 */
export function usualSettings(dataset: string, model: string): SomeSettings {
  const published = presets.find((preset) => preset.name === dataset && preset.model === model);
  if (published !== undefined) return published.settings;
  return dataset === sampleName ? { dim: 16, learning_rate: 0.01, batch: 1024 } : {};
}
