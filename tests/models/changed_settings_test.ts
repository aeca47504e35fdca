import { assertEquals, assertThrows } from "@std/assert";
import { changedSettings } from "../../models/changed_settings.ts";
import { presetFor } from "../../models/presets.ts";
import { modelNamed } from "../../models/registry.ts";
import { resolveSettings } from "../../models/settings.ts";
import { UsageError } from "../../errors.ts";

const { settings: specs } = modelNamed("smore");

Deno.test("changedSettings() gives what is neither a default nor the preset's", () => {
  const preset = presetFor("baby", "smore", "baby")!.settings;
  const resolved = resolveSettings(specs, { ...preset, layers: 2, dim: 64 });
  assertEquals(changedSettings(specs, resolved, preset), { layers: 2 });
  assertEquals(changedSettings(specs, resolveSettings(specs, {})), {});
  assertEquals(
    Object.keys(changedSettings(specs, resolved)).includes("neighbours"),
    true,
  );
});

Deno.test("changedSettings() says that there is no search only where that is all there is to say", () => {
  const { settings: specs } = modelNamed("gfcf");
  const changed = (given: Record<string, unknown>) =>
    changedSettings(specs, resolveSettings(specs, { search: "none", ...given }));
  assertEquals(changed({}), { search: "none" });
  assertEquals(changed({ entries: 5 }), { search: "none", entries: 5 });
  assertEquals(changed({ alpha: 3 }), { alpha: 3 });
});

Deno.test("presetFor() gives the preset that is named, or the sample's own", () => {
  assertEquals(presetFor("sample", "ssr")?.name, "sample");
  assertEquals(presetFor("shop", "smore", "tiktok")?.name, "tiktok");
  assertEquals([presetFor("shop", "ssr"), presetFor("sample", "bpr")], [undefined, undefined]);
  assertThrows(() => presetFor("shop", "smore", "none"), UsageError);
});
