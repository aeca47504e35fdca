/**
 * What was changed of a model's settings: what tells one run from another.
 *
 * @module
 */
import { resolveSettings, type SettingSpecs, type SettingValue } from "./settings.ts";

/**
 * The settings that are not as usual.
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
  return Object.fromEntries(
    Object.keys(specs).filter((key) => settings[key] !== usual[key])
      .map((key) => [key, settings[key]]),
  );
}
