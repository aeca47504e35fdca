import { assertEquals } from "@std/assert";
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
