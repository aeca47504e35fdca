import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import { BandpassError, InterruptedError, UsageError } from "../../errors.ts";
import { type ComputedDefinition, defineModel } from "../../models/define_model.ts";
import { constantTensor } from "../../models/parameters.ts";
import { modelNamed } from "../../models/registry.ts";
import { searchSettings as searchSpecs } from "../../models/search.ts";
import { SharedWork } from "../../models/shared_work.ts";
import { searchSettings } from "../../training/search_settings.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { dataset as filterDataset } from "../models/filters/filter_case.ts";
import { randomInteractions } from "../reference/filters.ts";

/** A dataset whose test rows may not be read. */
function withoutTest(dataset: Dataset): Dataset {
  return Object.defineProperty({ ...dataset }, "test", {
    enumerable: false,
    get: () => {
      throw new Error("A search has looked at the test split");
    },
  });
}

const valid = randomInteractions(filterDataset.users, filterDataset.items, 0.1, 9).pairs;
const dataset = withoutTest({ ...filterDataset, valid });

async function search(
  definition: ComputedDefinition,
  settings: Record<string, string | number>,
  options: { signal?: AbortSignal; data?: Dataset } = {},
) {
  const notes: string[] = [];
  const found = await searchSettings({
    ...{ gpu: await testGpu(), dataset: options.data ?? dataset, definition, seed: 0 },
    settings: { search: "valid", ...settings },
    shared: new SharedWork(),
    note: (text) => notes.push(text),
    signal: options.signal,
  });
  return { ...found, notes };
}

/** A model that scores one item, the same for all, whose settings say which. */
const oneItem = (specs: { parts?: ComputedDefinition["parts"] } = {}) =>
  defineModel({
    name: "one-item",
    description: "One item for all",
    settings: {
      ...searchSpecs,
      tens: { type: "integer", default: 0, searched: true, description: "Tens of the item" },
      ones: { type: "integer", default: 0, searched: true, description: "Ones of the item" },
    },
    search: () => [
      () => [0, 1, 2].map((tens) => ({ tens })),
      ({ tens }) => [0, 5, 7].map((ones) => ({ ones, tens })),
    ],
    compute({ memory, dataset: { users, items }, settings: { tens, ones } }) {
      const values = new Float32Array(4 * items);
      values[4 * (10 * Number(tens) + Number(ones))] = 1;
      const userRows = new Float32Array(4 * users).fill(1);
      const [u, i] = [
        constantTensor(memory, "users", users, 4, userRows, "rows"),
        constantTensor(memory, "items", items, 4, values, "rows"),
      ];
      return {
        represent: () => ({
          users: { table: u, firstRow: 0, rows: users },
          items: { table: i, firstRow: 0, rows: items },
        }),
      };
    },
    ...specs,
  }) as ComputedDefinition;

/** All users hold out item 17; they are so many items that the first 20 by index leave it out. */
const held: Dataset = withoutTest({
  ...filterDataset,
  train: { users: Uint32Array.of(0), items: Uint32Array.of(30) },
  items: 60,
  modalities: [],
  valid: { users: Uint32Array.of(1, 2, 3), items: Uint32Array.of(27, 27, 27) },
});

Deno.test("searchSettings() goes on from the best of each part, and keeps the first of equal ones", async () => {
  const { settings, tried } = await search(oneItem(), {}, { data: held });
  // No ten alone brings item 27 forward, so that the first is kept; then no one does.
  assertEquals(settings, { search: "none", tens: 0, ones: 0 });
  assertEquals(tried.map(({ settings }) => Object.values(settings)), [
    [0, 0],
    [1, 0],
    [2, 0],
    [0, 5],
    [0, 7],
  ]);
});

Deno.test("searchSettings() keeps what is given, and tries nothing twice", async () => {
  const { settings, tried, notes } = await search(oneItem(), { tens: 2 }, { data: held });
  assertEquals(settings, { search: "none", tens: 2, ones: 7 });
  assertEquals(tried, [
    { settings: { ones: 0 }, recall: 0 },
    { settings: { ones: 5 }, recall: 0 },
    { settings: { ones: 7 }, recall: 1 },
  ]);
  assertEquals(notes.slice(0, 4), [
    "Searching ones by validation recall@20 of 3 users",
    "  0.0000  ones=0",
    "  0.0000  ones=5",
    "  1.0000  ones=7",
  ]);
});

for (const name of ["gfcf", "chebycf", "mmgf"]) {
  Deno.test(`candidates of ${name} have the same recall together as alone`, async () => {
    const definition = modelNamed(name) as ComputedDefinition;
    assert(definition.parts !== undefined);
    const together = await search(definition, {});
    const alone = await search({ ...definition, parts: undefined }, {});
    assertEquals(together.tried.length, alone.tried.length);
    together.tried.forEach(({ settings, recall }, n) => {
      assertEquals(settings, alone.tried[n].settings);
      assertAlmostEquals(recall!, alone.tried[n].recall!, 1e-9, JSON.stringify(settings));
    });
    assertEquals(together.settings, alone.settings);
    const best = Math.max(...together.tried.map(({ recall }) => recall!));
    const found = together.tried.find(({ recall }) => recall === best)!;
    for (const [key, value] of Object.entries(found.settings)) {
      assertEquals(together.settings[key], value);
    }
  });
}

Deno.test("searchSettings() ranks for a part of many users, taken evenly", async () => {
  const users = 500;
  const all = Uint32Array.from({ length: users }, (_, user) => user);
  const data = withoutTest({
    ...held,
    users,
    valid: { users: all, items: all.map((user) => user % 2 === 0 ? 27 : 30) },
  });
  // Of every fifth user, half hold out item 27.
  const { tried, notes } = await search(
    { ...oneItem(), searchUsers: 100 },
    { tens: 2 },
    { data },
  );
  assertEquals(notes[0], "Searching ones by validation recall@20 of 100 users");
  assertEquals(tried.at(-1)!.recall, 0.5);
});

Deno.test("searchSettings() ends where it is aborted", async () => {
  await assertRejects(
    () => search(oneItem(), {}, { data: held, signal: AbortSignal.abort() }),
    InterruptedError,
    "Interrupted; nothing is saved",
  );
});

/** {@linkcode oneItem}, which cannot be computed with some tens. */
function failing(isBad: (tens: number) => boolean, error: Error): ComputedDefinition {
  const definition = oneItem();
  return {
    ...definition,
    compute(context) {
      if (isBad(Number(context.settings.tens))) throw error;
      return definition.compute(context);
    },
  };
}

Deno.test("searchSettings() records what cannot be computed, and goes on", async () => {
  const error = new BandpassError("Cannot invert the matrix");
  const { settings, tried, notes } = await search(
    failing((tens) => tens < 2, error),
    {},
    { data: held },
  );
  assertEquals(settings, { search: "none", tens: 2, ones: 7 });
  const failure = "Cannot invert the matrix";
  assertEquals(tried.slice(0, 3), [
    { settings: { tens: 0, ones: 0 }, failure },
    { settings: { tens: 1, ones: 0 }, failure },
    { settings: { tens: 2, ones: 0 }, recall: 0 },
  ]);
  assertEquals(notes[2], `  failed  tens=1 ones=0: ${failure}`);
});

Deno.test("searchSettings() tries one by one what cannot be computed together", async () => {
  const error = new BandpassError("Cannot invert the matrix");
  const parts = () => Promise.reject(error);
  const definition = { ...failing((tens) => tens === 1, error), parts };
  const { tried } = await search(definition, {}, { data: held });
  assertEquals(tried.map(({ failure }) => failure !== undefined).slice(0, 3), [false, true, false]);
});

Deno.test("searchSettings() fails where nothing can be computed, and at once where the fault is not the settings'", async () => {
  const failed = async (error: Error) => {
    const wrong = failing(() => true, error);
    return await assertRejects(() => search(wrong, {}, { data: held }));
  };
  for (const error of [new BandpassError("Singular"), new UsageError("No features")]) {
    assertEquals(await failed(error), error);
  }
});
