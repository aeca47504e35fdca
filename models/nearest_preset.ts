/**
 * What is particular to a training among the settings of its model.
 *
 * @module
 */
import { changedSettings } from "./changed_settings.ts";
import { ownSettings, presets } from "./presets.ts";
import type { SettingSpecs, SettingValue } from "./settings.ts";

/** Settings, by what they are nearest to. */
export interface DescribedSettings {
  /** A preset; nothing where the defaults are as near. */
  readonly preset?: string;
  /** The settings that differ from it, or from the defaults. */
  readonly changed: Readonly<Record<string, SettingValue>>;
}

/** The settings of a training. */
export interface SettingsInUse {
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** The values by key; one that is not there is as usual. */
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** A preset of another dataset is named only where that takes the place of so many settings. */
const fewestOfOther = 3;

/**
 * Describes settings by the fewest words: as changes of the defaults, or of a preset. No run records
 * its preset, as its settings say all that it did.
 *
 * @param inUse The settings of a training.
 * @param specs What the model declares.
 * @example
 * ```ts
 * import { describeSettings } from "./nearest_preset.ts";
 * const specs = { dim: { type: "integer", default: 64, description: "Embedding size" } } as const;
 * const inUse = { model: "mine", dataset: "baby", settings: { dim: 32 } };
 * describeSettings(inUse, specs); // { changed: { dim: 32 } }
 * ```
 */
export function describeSettings(
  { model, dataset, settings }: SettingsInUse,
  specs: SettingSpecs,
): DescribedSettings {
  const standard = Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [key, spec.default]),
  );
  const all = { ...standard, ...settings };
  const count = ({ changed }: DescribedSettings) => Object.keys(changed).length;
  const own = { changed: changedSettings(specs, all, ownSettings(dataset, model)) };
  const ofDefaults = count({ changed: changedSettings(specs, all) });
  return presets.filter((preset) => preset.model === model)
    // Of those that say the same, the one for this dataset.
    .toSorted((a, b) => Number(b.name === dataset) - Number(a.name === dataset))
    .map(({ name, settings: base }) => ({
      preset: name,
      changed: changedSettings(specs, all, base),
    }))
    .filter((described) =>
      ofDefaults - count(described) >= (described.preset === dataset ? 1 : fewestOfOther)
    )
    .reduce<DescribedSettings>((best, next) => count(next) < count(best) ? next : best, own);
}
