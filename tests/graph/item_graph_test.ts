import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { assertAll } from "../assert_each.ts";
import { InterruptedError } from "../../errors.ts";
import type { ComputeProgress } from "../../gpu/compute_observers.ts";
import { withKernels } from "../../gpu/kernel_choices.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { maximumOfUnion, weightedSum } from "../../graph/merge.ts";
import { nearestItems } from "../../graph/nearest_items.ts";
import { randomSparse } from "../reference/sparse.ts";

const gpu = await testGpu();

function randomModality(rows: number, columns: number, levels = 1e6) {
  const next = uniforms(rows + columns);
  const values = Float32Array.from(
    { length: rows * columns },
    () => Math.floor(levels * next()) / levels - 0.5,
  );
  return { name: "image", rows, columns, values };
}

/** All cosines, sorted: similarity descending, then index. */
function plainNeighbours(modality: ReturnType<typeof randomModality>, item: number) {
  const { rows, columns, values } = modality;
  const row = (of: number) => values.subarray(of * columns, (of + 1) * columns);
  const norm = (of: number) => Math.hypot(...row(of)) || Infinity;
  return Array.from({ length: rows }, (_, other) => ({
    other,
    cosine: row(item).reduce((sum, value, c) => sum + value * row(other)[c], 0) /
      (norm(item) * norm(other)),
  })).sort((a, b) => b.cosine - a.cosine || a.other - b.other);
}

Deno.test("nearestItems() finds what a plain sort finds", async () => {
  for (const [rows, columns, k] of [[1, 3, 1], [5, 2, 5], [70, 20, 6], [300, 33, 40]]) {
    const modality = randomModality(rows, columns);
    const { items, similarities } = await nearestItems(gpu, modality, k);
    for (let item = 0; item < rows; item++) {
      const plain = plainNeighbours(modality, item);
      for (let n = 0; n < k; n++) {
        assertAlmostEquals(similarities[item * k + n], plain[n].cosine, 1e-5);
        const found = plain.find(({ other }) => other === items[item * k + n])!;
        assertAlmostEquals(found.cosine, plain[n].cosine, 1e-5);
      }
    }
  }
});

Deno.test("nearestItems() takes the smaller index among equal items", async () => {
  const modality = randomModality(40, 4);
  // Items of the same features: all their cosines are equal to the last bit.
  for (let item = 0; item < 40; item++) {
    modality.values.set([item % 2, 1 - item % 2, 0, 0], item * 4);
  }
  const { items } = await nearestItems(gpu, modality, 3);
  assertEquals(Array.from(items.slice(0, 6)), [0, 2, 4, 1, 3, 5]);
  assertEquals(Array.from(items.slice(39 * 3)), [1, 3, 5]);
});

Deno.test("nearestItems() finds the same by one tile of items and by many, tells how it stands, and can be ended", async () => {
  const modality = randomModality(300, 8);
  const whole = await nearestItems(gpu, modality, 10);
  // Such a binding holds the similarities of 40 items, of which a tile has 32.
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 40 * 300 * 4 };
  const told: ComputeProgress[] = [];
  const onProgress = (standing: ComputeProgress) => void told.push(standing);
  const tiled = await nearestItems({ ...gpu, limits }, modality, 10, { onProgress });
  assertEquals(tiled.items, whole.items);
  // Products in workgroup memory leave tiles that suit them badly to others, which round in another order.
  if (gpu.kernels.products !== "workgroups") assertEquals(tiled, whole);
  tiled.similarities.forEach((value, n) => assertAlmostEquals(value, whole.similarities[n], 1e-6));
  assertEquals(
    told.map(({ what, share }) => [what, Math.round(300 * share)]),
    [64, 96, 128, 160, 192, 224, 256, 288, 300].map((done) => [
      "Finding the nearest of 300 items by image",
      done,
    ]),
  );
  const asking = { ...modality, rows: 50, values: modality.values.subarray(0, 50 * 8) };
  const some = await nearestItems({ ...gpu, limits }, modality, 10, { asking });
  assertEquals(some.items, whole.items.slice(0, 500));
  const signal = AbortSignal.abort();
  await assertRejects(() => nearestItems(gpu, modality, 10, { signal }), InterruptedError);
});

Deno.test("nearestItems() of a table in several blocks equals that of one", async () => {
  const modality = randomModality(300, 8);
  const whole = await nearestItems(gpu, modality, 10);
  // Columns of zeros change no cosine, and make the table larger than a binding.
  const wide = { ...modality, columns: 400, values: new Float32Array(300 * 400) };
  for (let item = 0; item < 300; item++) {
    wide.values.set(modality.values.subarray(item * 8, item * 8 + 8), item * 400);
  }
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 300 * 304 * 4 };
  const blocks = await nearestItems({ ...gpu, limits }, wide, 10);
  assertEquals(blocks.items, whole.items);
  blocks.similarities.forEach((value, n) => assertAlmostEquals(value, whole.similarities[n], 1e-6));
});

Deno.test("itemGraph() weighs by mean or by similarity", async () => {
  const modality = randomModality(50, 12);
  const mean = await itemGraph(gpu, modality, { k: 5, weighting: "mean" });
  assertAll(mean.value, Math.fround(1 / 5), "weights");
  const similar = await itemGraph(gpu, modality, { k: 5, weighting: "similarity" });
  assertEquals(similar.column, mean.column);
  const sums = Array.from(
    { length: 50 },
    (_, item) => plainNeighbours(modality, item).slice(0, 5).reduce((s, n) => s + n.cosine, 0),
  );
  for (let item = 0; item < 50; item++) {
    const plain = new Map(
      plainNeighbours(modality, item).slice(0, 5).map((n) => [n.other, n.cosine]),
    );
    for (let n = item * 5; n < item * 5 + 5; n++) {
      const other = similar.column[n];
      assertAlmostEquals(
        similar.value[n],
        plain.get(other)! / Math.sqrt(sums[item] * sums[other]),
        1e-5,
      );
      assert(n === item * 5 || similar.column[n - 1] < other);
    }
  }
});

Deno.test("itemGraph() keeps neighbours by all they depend on, and recomputes damaged ones", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const notes: string[] = [];
    const cache = { folder, note: (text: string) => notes.push(text) };
    const options = { k: 4, weighting: "similarity" } as const;
    const modality = randomModality(30, 6);
    const first = await itemGraph(gpu, modality, options, { cache });
    assertEquals(await itemGraph(gpu, modality, options, { cache }), first);
    const files = () => Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
    assertEquals(files().length, 1);
    // The same features serve both weightings; another k and other features do not.
    await itemGraph(gpu, modality, { ...options, weighting: "mean" }, { cache });
    assertEquals(files().length, 1);
    await itemGraph(gpu, modality, { ...options, k: 3 }, { cache });
    const changed = { ...modality, values: modality.values.map((value) => value + 0.1) };
    await itemGraph(gpu, changed, options, { cache });
    assertEquals(files().length, 3);
    const before = files();
    // Kernels that were measured on this machine may find others.
    const products = "wide registers";
    const tuned = withKernels(gpu, { ...gpu.kernels, products });
    await itemGraph(tuned, modality, options, { cache: { folder, note: () => {} } });
    assertEquals(files().length, 4);
    await Deno.remove(`${folder}/${files().find((name) => !before.includes(name))}`);
    // Each was announced once, for it may take long.
    assertEquals(notes.length, 3);
    for (const name of files()) await Deno.writeTextFile(`${folder}/${name}`, "damaged");
    assertEquals(await itemGraph(gpu, modality, options, { cache }), first);
    assertEquals(notes.length, 5);
    assert(notes[3].includes("computed again"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("maximumOfUnion() and weightedSum() agree with dense matrices", () => {
  const matrices = [1, 2, 3].map((seed) => randomSparse(20, 15, 0.3, seed));
  const dense = matrices.map((matrix) => {
    const values = new Map<string, number>();
    for (let row = 0; row < matrix.rows; row++) {
      for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
        values.set(`${row},${matrix.column[n]}`, matrix.value[n]);
      }
    }
    return values;
  });
  const weights = [0.5, -1, 2];
  const maximum = maximumOfUnion(matrices);
  const sum = weightedSum(matrices.map((matrix, n) => ({ matrix, weight: weights[n] })));
  const keys = new Set(dense.flatMap((values) => [...values.keys()]));
  assertEquals(maximum.column.length, keys.size);
  for (let row = 0; row < 20; row++) {
    for (let n = maximum.rowStart[row]; n < maximum.rowStart[row + 1]; n++) {
      const key = `${row},${maximum.column[n]}`;
      const there = dense.flatMap((values) => values.has(key) ? [values.get(key)!] : []);
      assertEquals(maximum.value[n], Math.max(...there));
      const total = dense.reduce((s, values, at) => s + weights[at] * (values.get(key) ?? 0), 0);
      assertAlmostEquals(sum.value[n], total, 1e-6);
    }
  }
});
