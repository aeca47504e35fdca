import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { resolveConfiguration } from "../../training/configuration.ts";
import { modelNamed } from "../../models/registry.ts";

const settingsOf = (model: string) => modelNamed(model).settings;

Deno.test("train without a model trains ssr, on the sample with the sample's own settings", () => {
  const sources = { options: {}, assignments: { learning_rate: "0.5" } };
  const { model, dataset, settings } = resolveConfiguration(sources, settingsOf);
  assertEquals([model, dataset], ["ssr", "sample"]);
  assertEquals([settings.dim, settings.learning_rate, settings.batch], [16, 0.5, 2048]);
});

Deno.test("train leaves other datasets and models their defaults", () => {
  const baby = resolveConfiguration({ options: { dataset: "baby" }, assignments: {} }, settingsOf);
  assertEquals([baby.model, baby.settings.dim], ["ssr", 64]);
  const options = { model: "lightgcn" };
  const lightgcn = resolveConfiguration({ options, assignments: {} }, settingsOf);
  assertEquals(lightgcn.settings.dim, 64);
});

Deno.test("train leaves a filter's settings to a search, unless they or a search are given", () => {
  const settings = (assignments: Record<string, unknown>, file?: Record<string, unknown>) => {
    const options = { model: "gfcf" };
    const config = file && { path: "a.json", options: {}, settings: file };
    return resolveConfiguration({ options, assignments, file: config }, settingsOf).settings;
  };
  const entries = 2 ** 24;
  assertEquals(settings({}), { search: "valid", entries });
  assertEquals(settings({ alpha: "2" }), { search: "none", eigenpairs: 256, alpha: 2, entries });
  assertEquals(settings({ search: "valid", alpha: "2" }), { search: "valid", alpha: 2, entries });
  assertEquals(settings({}, { eigenpairs: 9 }).search, "none");
  const found = settings({ search: "none" });
  assertEquals(settings({}, found), found);
});

Deno.test("train says where in a configuration file a setting of the model belongs", () => {
  const refusal = (file: Record<string, unknown>, model?: string) => {
    const config = { path: "a.json", options: file, settings: {} };
    const sources = { options: { model }, assignments: {}, file: config };
    return assertThrows(() => resolveConfiguration(sources, settingsOf), UsageError);
  };
  const { message, nextStep } = refusal({ model: "bpr", dim: 8 });
  assertEquals(
    message,
    'Cannot use "dim" in "a.json": it is a setting of "bpr", and stands beside its settings',
  );
  assertEquals(nextStep, 'Put it among them: {"model": "bpr", "settings": {"dim": …}}');
  // The model that is given counts, and without one the default.
  assertEquals(refusal({ model: "bpr", layers: 2 }, "lightgcn").message.includes("lightgcn"), true);
  assertEquals(refusal({ bands: 3 }).message.includes('a setting of "ssr"'), true);
  assertEquals(refusal({ model: "bpr", bands: 3 }).message, 'Unknown setting "bands" in "a.json"');
});
