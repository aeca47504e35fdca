/**
 * What tells a training from others of its model: its preset, and the settings beside that.
 *
 * @module
 */
import { changedSettings } from "../../models/changed_settings.ts";
import { describeSettings } from "../../models/nearest_preset.ts";
import { type NamedSettings, presetFor } from "../../models/presets.ts";
import type { SettingSpecs, SettingValue } from "../../models/settings.ts";
import type { Configuration } from "../../training/configuration.ts";

/** What a model was configured with beside its defaults. */
export interface Changes {
  /** The preset that stands for the model's defaults, where there is one. */
  readonly preset?: string;
  /** The settings that are not as usual. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/**
 * Describes a configuration. No run records its preset, so that one that is not given is the nearest.
 *
 * @param configuration The configuration.
 * @param specs What the model declares.
 * @param given The preset that was given (default: none).
 * @throws {UsageError} The model has no such preset.
 */
export function changesOf(
  { dataset, model, settings }: Pick<Configuration, "dataset" | "model" | "settings">,
  specs: SettingSpecs,
  given?: string | NamedSettings,
): Changes {
  const preset = presetFor(dataset, model, given);
  if (given !== undefined) {
    return { preset: preset?.name, settings: changedSettings(specs, settings, preset?.settings) };
  }
  const described = describeSettings({ model, dataset, settings }, specs);
  return { preset: described.preset ?? preset?.name, settings: described.changed };
}
