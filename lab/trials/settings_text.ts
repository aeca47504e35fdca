/**
 * The settings of a trial in a line.
 *
 * @module
 */

/**
 * The settings that a trial was given, as `key=value`; nothing for one with its usual settings.
 *
 * @param settings The settings.
 * @example
 * ```ts
 * import { settingsText } from "./settings_text.ts";
 * settingsText({ search: "none", layers: 2 }); // "layers=2"
 * ```
 */
export function settingsText(settings: Readonly<Record<string, unknown>>): string {
  // That no search of the model's own is made goes without saying.
  return Object.entries(settings).filter(([key, value]) => !(key === "search" && value === "none"))
    .map(([key, value]) => `${key}=${value}`).join(" ");
}
