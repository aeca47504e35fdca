/**
 * What was changed of a model's settings: what tells one run from another.
 *
 * @module
 */
import { searchSettings } from "./search.ts";
import { resolveSettings, type SettingSpecs, type SettingValue } from "./settings.ts";

/**
 * The settings that are not as usual. That no search is made goes without saying where one of the settings
 * that it would choose is among them.
 *
 * @param specs The settings that the model declares.
 * @param settings All of its values.
 * @param preset The values that stand for the model's defaults (default: none).
 * @returns Values by key, in the order of `specs`.
 * @throws {UsageError} A key of the preset is unknown.
 * @example
 * ```ts
 * import { changedSettings } from "./changed_settings.ts";
 * const specs = { dim: { type: "integer", default: 64, description: "Columns" } } as const;
 * changedSettings(specs, { dim: 32 }); // { dim: 32 }
 * ```
 */
export function changedSettings(
  specs: SettingSpecs,
  settings: Readonly<Record<string, SettingValue>>,
  preset: Readonly<Record<string, SettingValue>> = {},
): Record<string, SettingValue> {
  const usual = resolveSettings(specs, preset);
  const changed = Object.keys(specs).filter((key) => settings[key] !== usual[key]);
  const isFound = changed.some((key) => specs[key].searched);
  return Object.fromEntries(
    changed.filter((key) => !(isFound && specs[key] === searchSettings.search))
      .map((key) => [key, settings[key]]),
  );
}
