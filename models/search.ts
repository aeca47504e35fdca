/**
 * The search for settings: what a model that is computed in seconds offers to be tried, and which of its
 * settings are left to the search. `training/search_settings.ts` tries them on the validation split.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import type { Settings, SettingSpecs, SettingValue } from "./settings.ts";

/** The setting of models whose settings can be searched for. */
export const searchSettings = {
  search: {
    type: "choice",
    default: "valid",
    choices: ["valid", "none"],
    description:
      "Whether settings that are not given are chosen by validation Recall@20; none where one of them is given",
  },
} as const satisfies SettingSpecs;

/** Values of some settings. */
export type SomeSettings = Readonly<Record<string, SettingValue>>;

/**
 * One part of a search: what is to be tried once the parts before it are done.
 *
 * @param best All settings, with the best that was found so far.
 * @returns What to try, each beside the rest of `best`.
 */
export type SearchStage<Specs extends SettingSpecs = SettingSpecs> = (
  best: Settings<Specs>,
) => readonly SomeSettings[];

/**
 * All combinations of the values of some settings, the last setting changing fastest.
 *
 * @param values The values of each setting.
 * @example
 * ```ts
 * import { combinations } from "./search.ts";
 * combinations({ a: [1, 2], b: [3, 4] }); // [{a: 1, b: 3}, {a: 1, b: 4}, {a: 2, b: 3}, {a: 2, b: 4}]
 * ```
 */
export function combinations(
  values: Readonly<Record<string, readonly SettingValue[]>>,
): SomeSettings[] {
  return Object.entries(values).reduce<SomeSettings[]>(
    (all, [key, choices]) =>
      all.flatMap((one) => choices.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
}

/**
 * The settings without those that are left to a search. A search is made where `search=valid` is given;
 * where nothing is said of it, it is made unless a preset is named or a setting that it would choose is
 * given. Such settings stay as they are given, and the search chooses the others.
 *
 * @param specs The settings that exist.
 * @param settings The value of each.
 * @param given Those that were given, with their values.
 * @param hasPreset Whether a preset was named.
 * @returns The settings, `search` among them where there is a search to be had.
 * @throws {UsageError} `search=valid` is given, and so are all settings that it would choose.
 * @example
 * ```ts
 * import { leftToSearch, searchSettings } from "./search.ts";
 * const alpha = { type: "number", default: 0.3, searched: true, description: "Weight" } as const;
 * const specs = { ...searchSettings, alpha };
 * const defaults = { search: "valid", alpha: 0.3 };
 * leftToSearch(specs, defaults, {}, false); // { search: "valid" }
 * leftToSearch(specs, { ...defaults, alpha: 1 }, { alpha: 1 }, false); // { search: "none", alpha: 1 }
 * ```
 */
export function leftToSearch(
  specs: SettingSpecs,
  settings: SomeSettings,
  given: Readonly<Record<string, unknown>>,
  hasPreset: boolean,
): SomeSettings {
  const searched = Object.keys(specs).filter((key) => specs[key].searched);
  if (searched.length === 0) return settings;
  const isGiven = (key: string) => Object.hasOwn(given, key);
  const search = isGiven("search")
    ? settings.search
    : hasPreset || searched.some(isGiven)
    ? "none"
    : "valid";
  if (search === "none") return { ...settings, search };
  if (searched.every(isGiven)) {
    throw new UsageError(
      `Cannot search for settings: ${searched.map((key) => `"${key}"`).join(", ")} are all given`,
      ({ setting }) =>
        `Leave out those that are to be searched for, or give ${
          setting("settings.search", "none")
        }`,
    );
  }
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => !searched.includes(key) || isGiven(key)),
  );
}
