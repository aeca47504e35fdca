import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import { readDataset } from "../../data/folder.ts";
import { DataError } from "../../errors.ts";
import { protocolText } from "../../evaluation/ranking.ts";
import { untrainedItems } from "../../evaluation/untrained_items.ts";
import { withNewItems } from "../../data/new_items.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed, models } from "../../models/registry.ts";
import { loadModel, type ModelPlan } from "../../recommender/loaded_model.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { withModel } from "./loaded.ts";

const gpu = await testGpu();
const sample = await readDataset(`${await Deno.makeTempDir()}/sample`);
/** The sample without the train rows of some items, the last of which has no features. */
const hidden = [3, 17, 40, 41];
const without = withoutRows(sample, hidden);
const untrained = [...Array(sample.items).keys()].filter((item) =>
  !without.train.items.includes(item)
);
const withFeatures = untrained.filter((item) => item !== hidden.at(-1));

function withoutRows(dataset: Dataset, items: readonly number[]): Dataset {
  const { users, items: taken } = dataset.train;
  const kept = [...taken.keys()].filter((row) => !items.includes(taken[row]));
  const train = {
    users: Uint32Array.from(kept, (row) => users[row]),
    items: Uint32Array.from(kept, (row) => taken[row]),
  };
  const modalities = dataset.modalities.map((modality) => {
    const values = modality.values.slice();
    const last = items.at(-1)!;
    values.fill(0, last * modality.columns, (last + 1) * modality.columns);
    return { ...modality, values };
  });
  return { ...dataset, train, modalities };
}

Deno.test("untrainedItems() finds the trained items nearest by the cosine of all modalities", async () => {
  assertEquals(await untrainedItems(gpu, { ...without, modalities: [] }), undefined);
  const notes: string[] = [];
  const found = (await untrainedItems(gpu, without, { note: (text) => notes.push(text) }))!;
  assertEquals([...found.items], withFeatures);
  const count = withFeatures.length;
  assertEquals(notes, [
    `${count} items without a train row: scored as the 5 items nearest by features`,
  ]);
  // In f64, in plain loops.
  const unit = without.modalities.map(({ rows, columns, values }) => {
    const at = (row: number, c: number) => values[row * columns + c];
    const known = [...Array(rows).keys()];
    const table = known.map(() => new Float64Array(columns));
    for (let c = 0; c < columns; c++) {
      const mean = known.reduce((sum, row) => sum + at(row, c), 0) / rows;
      const variance = known.reduce((sum, row) => sum + (at(row, c) - mean) ** 2, 0) / rows;
      for (const row of known) table[row][c] = (at(row, c) - mean) / (Math.sqrt(variance) || 1);
    }
    return table.map((row) => row.map((value) => value / Math.hypot(...row)));
  });
  const cosine = (a: number, b: number) =>
    unit.reduce((sum, rows) => sum + rows[a].reduce((all, x, c) => all + x * rows[b][c], 0), 0);
  found.items.forEach((item, n) => {
    const ranked = [...Array(without.items).keys()].filter((other) => !untrained.includes(other))
      .sort((a, b) => cosine(item, b) - cosine(item, a));
    found.nearest.subarray(n * 5, n * 5 + 5).forEach((other, place) =>
      assertAlmostEquals(cosine(item, other), cosine(item, ranked[place]), 1e-5)
    );
  });
});

Deno.test("a model of either kind scores such items by the nearest ones, and no others", async () => {
  const { nearest } = (await untrainedItems(gpu, without))!;
  for (const model of ["bpr", "itemknn"]) {
    await withModel(without, { model, settings: {}, seed: 1 }, async (scored) => {
      const { items } = without;
      const options = { k: items, seen: [] } as const;
      const [list] = await Array.fromAsync(scored.bestItems(Uint32Array.of(5), options));
      const score = new Map(Array.from(list.items, (item, n) => [item, list.scores[n]]));
      const near = Array.from(nearest.subarray(0, 5), (item) => score.get(item)!);
      if (!("users" in scored.representation)) {
        const mean = near.reduce((sum, value) => sum + value, 0) / 5;
        assertAlmostEquals(score.get(hidden[0])!, mean, 1e-5);
        return;
      }
      const rows = await scored.itemRows();
      const row = (item: number) =>
        Array.from(rows.values.subarray(item * rows.columns, (item + 1) * rows.columns));
      const sum = row(nearest[0]).map((_, c) =>
        [...nearest.subarray(0, 5)].reduce((all, item) => all + row(item)[c], 0)
      );
      const scale = row(hidden[0])[0] / sum[0];
      assert(scale > 1 / 5);
      row(hidden[0]).forEach((value, c) => assertAlmostEquals(value, scale * sum[c], 1e-5));
    });
  }
});

Deno.test("every model scores items that came after it, and all others as before", async () => {
  const { modalities, items } = sample;
  const [text] = modalities.filter(({ name }) => name === "text");
  const features = new Map([["text", text.values.slice(0, 3 * text.columns)]]);
  const scoredDataset = withNewItems(sample, { ids: ["x", "y", "z"], features });
  const computed = models.filter((model) => !isTrained(model));
  for (const definition of [...computed, modelNamed("lightgcn")]) {
    const settings: Record<string, string> = "search" in definition.settings
      ? { search: "none" }
      : {};
    const plan = { gpu, dataset: sample, definition, settings, seed: 1 };
    const scores = async (more: Partial<ModelPlan>, history?: Uint32Array) => {
      const { scored } = await loadModel({ ...plan, ...more });
      const options = { k: 1000, seen: [] };
      const list = history === undefined
        ? (await Array.fromAsync(scored.bestItems(Uint32Array.of(5), options)))[0]
        : await scored.bestItemsOfHistory(history, options);
      scored.memory.destroy();
      return new Map(Array.from(list.items, (item, n) => [item, list.scores[n]]));
    };
    for (const history of [undefined, Uint32Array.of(30, 7)]) {
      const [before, after] = [await scores({}, history), await scores({ scoredDataset }, history)];
      assertEquals([before.size, after.size], [items, items + 3], definition.name);
      const isRows = history !== undefined && definition.name === "lightgcn";
      // Rows that are added count among those that a new user's row is found by.
      if (!isRows) before.forEach((score, item) => assertEquals(after.get(item), score));
    }
    const taken = Uint32Array.of(30, items + 1);
    // What came later tells a model without rows nothing of somebody's taste.
    if (definition.name === "itemknn") {
      assertEquals(
        await scores({ scoredDataset }, taken),
        await scores({ scoredDataset }, taken.slice(0, 1)),
      );
    }
  }
});

Deno.test("a training follows its own scores, and ends with what an evaluation gives", async () => {
  for (const model of ["bpr", "gfcf"]) {
    await using trained = await train(without, model, { gpu, epochs: 2 });
    assertEquals(trained.test, await trained.evaluate("test"));
    assertEquals(trained.validation, await trained.evaluate("valid"));
  }
});

Deno.test("a protocol says how such items are scored, where there are any", () => {
  assertStringIncludes(
    protocolText("test", "train", without),
    "; items without a train row scored",
  );
  assertEquals(
    protocolText("test", "train", { ...without, modalities: [] }).includes("scored"),
    false,
  );
});

Deno.test("untrainedItems() refuses new items where no item with train rows has features", async () => {
  const none = sample.modalities.map((modality) => ({
    ...modality,
    values: new Float32Array(modality.values.length),
  }));
  const features = new Map([["text", Float32Array.from({ length: 32 }, (_, n) => n)]]);
  // The hidden item alone has features, so that the new one is like none that is known.
  const [, text] = none;
  text.values.fill(1, hidden[0] * text.columns, (hidden[0] + 1) * text.columns);
  const larger = withNewItems({ ...without, modalities: none }, { ids: ["new"], features });
  await assertRejects(
    () => untrainedItems(gpu, larger, { known: sample.items }),
    DataError,
    "none of its items with train rows has features",
  );
});
