/**
 * Lists of presets and settings for people to read.
 *
 * @module
 */
import type { Preset } from "../../models/presets.ts";
import type { SettingSpecs } from "../../models/settings.ts";

/**
 * A line a preset: name, model, settings, source.
 *
 * @param presets The presets.
 * @param model The model that they are for, where one was named.
 */
export function presetsText(presets: readonly Preset[], model?: string): string {
  if (presets.length === 0) return `"${model}" has no presets\n`;
  return presets.map(({ name, model, settings, source }) => {
    const values = Object.entries(settings).map(([key, value]) => `${key}=${value}`).join(" ");
    return `--model ${model} --preset ${name}\n  ${values}\n  ${source}\n`;
  }).join("\n");
}

/**
 * A line a setting: key, default, description.
 *
 * @param specs The settings.
 */
export function settingsText(specs: SettingSpecs): string {
  const rows = Object.entries(specs).map(([key, spec]) => {
    const choices = spec.type === "choice" ? ` (choices: ${spec.choices.join(", ")})` : "";
    const searched = spec.searched ? " (searched for)" : "";
    return [`${key}=${spec.default}`, `${spec.description}${choices}${searched}`];
  });
  if (rows.length === 0) return "The model has no settings\n";
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, text]) => `${key.padEnd(width)}  ${text}\n`).join("");
}
