import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { presets, presetSettings } from "../../models/presets.ts";
import { modelNamed } from "../../models/registry.ts";
import { resolveSettings } from "../../models/settings.ts";

Deno.test("every preset is of a model, and its settings are the model's", () => {
  for (const { model, settings } of presets) {
    const resolved = resolveSettings(modelNamed(model).settings, settings);
    for (const [key, value] of Object.entries(settings)) assertEquals(resolved[key], value);
  }
});

Deno.test("no two presets of a model have the same name", () => {
  const names = presets.map(({ model, name }) => `${model} ${name}`);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("presetSettings() refuses an unknown name with the nearest, or the right model", () => {
  const near = assertThrows(() => presetSettings("babby", "smore"), UsageError);
  assertEquals(near.nextStep, 'Did you mean "baby"?');
  const other = assertThrows(() => presetSettings("clothing", "lightgcn"), UsageError);
  assertMatch(other.nextStep!, /^It is for smore.*: give "model" as well$/);
});

Deno.test("published settings stay as they were published where a model's defaults are others", () => {
  const published = presets.filter(({ name }) => !name.endsWith("-tuned"));
  const own = {
    smore: { contrastive_warm_up: 0 },
    fitmm: { learning_rate: 1e-4, ib_weight: 1 },
    ssr: { learning_rate: 1e-4, mask_weight: 1e-3, alignment_weight: 1e-4 },
  };
  for (const [model, settings] of Object.entries(own)) {
    const { settings: specs } = modelNamed(model);
    for (const preset of published.filter((preset) => preset.model === model)) {
      const resolved = resolveSettings(specs, preset.settings);
      for (const [key, value] of Object.entries(settings)) {
        if (preset.name === "sample" && key === "learning_rate") continue;
        assertEquals(resolved[key], value, `${key} of ${model}, preset ${preset.name}`);
      }
      // Some were published with standardised features, and some without, whatever the default is.
      if (model === "fitmm") assert(Object.hasOwn(preset.settings, "standardise"), preset.name);
    }
  }
  // None leaves the weights of modalities to be measured.
  for (const { model, name, settings } of published) {
    const { graph_weights } = resolveSettings(modelNamed(model).settings, settings);
    assertEquals(graph_weights === "validation", false, `${model}, preset ${name}`);
  }
});
