import { assertEquals } from "@std/assert";
import { describeSettings } from "../../models/nearest_preset.ts";
import { presetSettings } from "../../models/presets.ts";
import { modelNamed } from "../../models/registry.ts";
import { resolveSettings } from "../../models/settings.ts";

const described = (model: string, dataset: string, changed: Record<string, unknown>) => {
  const { settings: specs } = modelNamed(model);
  return describeSettings({ model, dataset, settings: resolveSettings(specs, changed) }, specs);
};

Deno.test("describeSettings() names what differs from the defaults", () => {
  assertEquals(described("bpr", "baby", {}), { changed: {} });
  assertEquals(described("bpr", "baby", { dim: 32, reg: 1e-3 }), {
    changed: { dim: 32, reg: 1e-3 },
  });
});

Deno.test("describeSettings() names a preset, and what differs from it", () => {
  const smore = presetSettings("sports", "smore");
  assertEquals(described("smore", "sports", smore), { preset: "sports", changed: {} });
  assertEquals(described("smore", "shop", { ...smore, dropout: 0.5 }), {
    preset: "sports",
    changed: { dropout: 0.5 },
  });
  // Of three presets that say the same, the one for the dataset.
  const ssr = presetSettings("baby", "ssr");
  assertEquals(described("ssr", "clothing", ssr), { preset: "clothing", changed: {} });
  // Two settings are no sign of a preset for another dataset.
  const lightgcn = presetSettings("baby", "lightgcn");
  assertEquals(described("lightgcn", "baby", lightgcn), { preset: "baby", changed: {} });
  assertEquals(described("lightgcn", "shop", lightgcn), { changed: lightgcn });
});

Deno.test("describeSettings() takes the sample's own settings for its defaults", () => {
  assertEquals(described("ssr", "sample", presetSettings("sample", "ssr")), { changed: {} });
  assertEquals(described("ssr", "sample", {}).changed.dim, 64);
});

Deno.test("describeSettings() takes settings that a run of before did not have to be as usual", () => {
  const { settings: specs } = modelNamed("bpr");
  const inUse = { model: "bpr", dataset: "baby", settings: { dim: 32 } };
  assertEquals(describeSettings(inUse, specs), { changed: { dim: 32 } });
});
