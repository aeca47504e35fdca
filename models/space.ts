/**
 * Spaces of settings: what a search of settings tries of a model where nothing else is said. Each setting says
 * what of it is worth trying (`tuned` in settings.ts); a space of one's own has the same form.
 *
 * @module
 */
import type { SettingRange } from "./setting_range.ts";
import type { SettingSpecs } from "./settings.ts";

/** What is tried of a model's settings, by their keys; the others stay as usual. */
export type Space = Readonly<Record<string, SettingRange>>;

/**
 * The space that a model comes with.
 *
 * @param specs Its settings.
 * @example
 * ```ts
 * import { modelSpace } from "./space.ts";
 * const range = { from: 1e-6, to: 0.1, scale: "log" } as const;
 * const reg = { type: "number", default: 1e-4, tuned: range, description: "Weight" } as const;
 * modelSpace({ reg }); // { reg: { from: 1e-6, to: 0.1, scale: "log" } }
 * ```
 */
export function modelSpace(specs: SettingSpecs): Space {
  return Object.fromEntries(
    Object.entries(specs).flatMap(([key, { tuned }]) => tuned === undefined ? [] : [[key, tuned]]),
  );
}
