import { assert, assertEquals } from "@std/assert";
import { proposals, valueAt } from "../../../lab/tune/proposals.ts";
import { tunedSpaces } from "../../../lab/tune/trial_list.ts";
import { modelNamed, models } from "../../../models/registry.ts";
import { resolveSettings, type SettingSpecs } from "../../../models/settings.ts";

const specs = {
  layers: { type: "integer", default: 2, description: "Layers" },
  dim: { type: "integer", default: 64, multipleOf: 4, description: "Columns" },
  reg: { type: "number", default: 1e-4, description: "Weight" },
  standardise: { type: "boolean", default: false, description: "Whether" },
} as const satisfies SettingSpecs;

Deno.test("valueAt() goes from the beginning of a range to its end, both included", () => {
  const places = [0, 0.25, 0.5, 0.75, 1 - 2 ** -32];
  const values = (range: Parameters<typeof valueAt>[1], key: keyof typeof specs) =>
    places.map((place) => valueAt(specs[key], range, place));
  assertEquals(values({ from: 1, to: 4 }, "layers"), [1, 2, 3, 4, 4]);
  assertEquals(values({ from: 2, to: 32, scale: "log" }, "layers"), [2, 4, 8, 16, 32]);
  assertEquals(values({ from: 5, to: 18 }, "dim"), [8, 8, 12, 16, 16]);
  assertEquals(values({ from: 0, to: 1 }, "reg"), [0, 0.25, 0.5, 0.75, 1]);
  const log = { from: 1e-4, to: 1, scale: "log" } as const;
  assertEquals(values(log, "reg"), [0.0001, 0.001, 0.01, 0.1, 1]);
  assertEquals(
    values({ choices: [false, true] }, "standardise"),
    [false, false, true, true, true],
  );
});

Deno.test("proposals() begin with the usual settings, and give each point of a small space once", () => {
  const space = { layers: { from: 1, to: 3 }, standardise: { choices: [false, true] } };
  const usual = { layers: 2, dim: 64, reg: 1e-4, standardise: false };
  const all = [...proposals(specs, space, usual, 0)];
  assertEquals(all[0], {});
  const texts = all.slice(1).map((settings) => JSON.stringify(settings)).sort();
  assertEquals(
    texts,
    [[1, false], [1, true], [2, true], [3, false], [3, true]].map(([layers, standardise]) =>
      JSON.stringify({ layers, standardise })
    ),
  );
  assertEquals([...proposals(specs, {}, usual, 0)], [{}]);
});

Deno.test("proposals() fix a setting with a single value in the first trial too", () => {
  const space = {
    layers: { choices: [3] },
    reg: { choices: [0.5] },
    standardise: { choices: [false, true] },
  };
  const usual = { layers: 2, dim: 64, reg: 1e-4, standardise: false };
  assertEquals([...proposals(specs, space, usual, 0)], [
    { layers: 3, reg: 0.5 },
    { layers: 3, reg: 0.5, standardise: true },
  ]);
});

Deno.test("the space of every model has values that the model takes, and something to try", () => {
  const spaces = tunedSpaces(models.map(({ name }) => name));
  for (const [name, space] of Object.entries(spaces)) {
    const { settings } = modelNamed(name);
    const usual = resolveSettings(settings, {});
    const tried = proposals(settings, space, usual, 3);
    let count = 0;
    for (const proposed of tried) {
      resolveSettings(settings, proposed);
      if (++count === 30) break;
    }
    assert(name === "popularity" || count > 10, name);
  }
});
