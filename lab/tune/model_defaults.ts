/**
 * What a model has on a dataset where a trial sets nothing.
 *
 * @module
 */
import { ownSettings } from "../../models/presets.ts";
import { modelNamed } from "../../models/registry.ts";
import type { SomeSettings } from "../../models/search.ts";
import { resolveSettings } from "../../models/settings.ts";

/**
 * All of its settings: its defaults, or on the sample its preset.
 *
 * @param dataset The name of the dataset.
 * @param model The name of the model.
 */
export function modelDefaults(dataset: string, model: string): SomeSettings {
  return resolveSettings(modelNamed(model).settings, ownSettings(dataset, model));
}
