import { assertEquals } from "@std/assert";
import { foundPreset } from "../../../lab/tune/found_preset.ts";
import { presetFor, presets } from "../../../models/presets.ts";

const run = { number: 7, seed: 0, best_epoch: 3, test: {} };
const runs = [{ ...run, validation: { "recall@20": 0.25 } }];

const presetOf = (dataset: string, model: string, settings: Record<string, number>) =>
  foundPreset({ dataset, data: { interactions: "ab" }, epochs: 54 }, {
    ...{ trials: 9, finalists: [{ model, settings, runs, failed: 0 }] },
  });

Deno.test("foundPreset() has the settings of the winner, and where they came from", () => {
  const found = presetOf("shop", "lightgcn", { layers: 3 });
  assertEquals(found, {
    ...{ model: "lightgcn", dataset: "shop", data_sha256: "ab", settings: { layers: 3 } },
    source: "the best of 9 trials of up to 54 epochs by validation Recall@20, 0.2500 over 1 seed",
  });
});

Deno.test("foundPreset() keeps what the sample's own preset brought to the winner", () => {
  for (const model of ["ssr", "fitmm"]) {
    const own = presets.find((preset) => preset.name === "sample" && preset.model === model)!;
    const { settings } = presetOf("sample", model, { learning_rate: 0.25 });
    assertEquals(settings, { ...own.settings, learning_rate: 0.25 });
    // That is all that training with it takes in place of the sample's own.
    assertEquals(presetFor("sample", model, { name: "a", settings })?.settings, settings);
  }
});
