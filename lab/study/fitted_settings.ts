/**
 * Published settings that name modalities, for a dataset that has others.
 *
 * @module
 */
import type { SomeSettings } from "../../models/search.ts";

/** A value that names modalities, such as `image=40,text=10`. */
const named = /^[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$/;

/**
 * Settings for the modalities that there are. Numbers of neighbours stay those of the modalities that are left, and the
 * halves of one that was cut have its number; what else names a modality that is gone is left to the model's default.
 *
 * @param settings The settings.
 * @param modalities The names of the modalities that there are.
 * @example
 * ```ts
 * import { fittedSettings } from "./fitted_settings.ts";
 * const settings = { neighbours: "image=40,text=10", dim: 64 };
 * fittedSettings(settings, ["image_a", "image_b"]); // { neighbours: "image_a=40,image_b=40", dim: 64 }
 * ```
 */
export function fittedSettings(
  settings: SomeSettings,
  modalities: readonly string[],
): SomeSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => {
      if (typeof value !== "string" || !named.test(value)) return [[key, value]];
      const values = new Map(value.split(",").map((pair) => pair.split("=") as [string, string]));
      if ([...values.keys()].every((name) => modalities.includes(name))) return [[key, value]];
      if (key !== "neighbours") return [];
      const pairs = modalities.flatMap((name) => {
        const own = ancestors(name).find((one) => values.has(one));
        return own === undefined ? [] : [`${name}=${values.get(own)}`];
      });
      return pairs.length === 0 ? [] : [[key, pairs.join(",")]];
    }),
  );
}

/** A modality, and those that it may be cut from (modality_choice.ts). */
function ancestors(name: string): string[] {
  const whole = name.replace(/_[ab]$/, "");
  return whole === name ? [name] : [name, ...ancestors(whole)];
}
