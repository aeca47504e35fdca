import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Dataset, Modality } from "../../../data/dataset.ts";
import { readDataset } from "../../../data/folder.ts";
import type { Gpu } from "../../../gpu/gpu.ts";
import { smore } from "../../../models/smore/smore.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { RunFolder } from "../../../training/run_folder.ts";
import { Training } from "../../../training/training.ts";
import { assertFalling } from "../../assert_each.ts";
import { madeRecord } from "../../training/records.ts";
import { testGpu } from "../../gpu/test_gpu.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
const gpu = await testGpu();

/** Trains, and gives the loss of each epoch and the test metrics. */
async function trained(
  on: Gpu,
  dataset: Dataset,
  overrides: Record<string, unknown>,
  epochs: number,
) {
  const training = await Training.plan({
    gpu: on,
    dataset,
    definition: smore,
    settings: trainedSettings(smore, overrides),
    seed: 1,
    epochs,
  });
  const path = await Deno.makeTempDir();
  try {
    await training.compile();
    const losses: number[] = [];
    const run = await RunFolder.create(`${path}/run`, madeRecord(), {});
    const result = await training.run(run, { onEpoch: ({ line }) => losses.push(line.loss) });
    return { losses, test: result.test };
  } finally {
    training.close();
    await Deno.remove(path, { recursive: true });
  }
}

/** Some of the columns of a modality, as a modality of their own. */
function columnsOf(modality: Modality, name: string, first: number, count: number): Modality {
  const values = new Float32Array(modality.rows * count);
  for (let row = 0; row < modality.rows; row++) {
    const start = row * modality.columns + first;
    values.set(modality.values.subarray(start, start + count), row * count);
  }
  return { name, rows: modality.rows, columns: count, values };
}

Deno.test("smore trains on one, two and three modalities", async () => {
  const [image, text] = sample.modalities;
  const half = image.columns / 2;
  const three = [
    columnsOf(image, "image_high", half, half),
    columnsOf(image, "image_low", 0, half),
    text,
  ];
  for (const modalities of [[image], [image, text], three]) {
    const settings = { dim: 16, batch: 256, dropout: 0.1, learning_rate: 5e-3 };
    const { losses, test } = await trained(gpu, { ...sample, modalities }, settings, 3);
    assertFalling(losses, "losses");
    assert(test["recall@20"] > 0.05, `${modalities.length}: ${test["recall@20"]}`);
  }
});

Deno.test("smore in row blocks takes the steps that it takes in one", async () => {
  const [image] = sample.modalities;
  // Columns of zeros widen the table beyond the limit, and change little else.
  const columns = 1200;
  const values = new Float32Array(image.rows * columns);
  for (let row = 0; row < image.rows; row++) {
    values.set(
      image.values.subarray(row * image.columns, (row + 1) * image.columns),
      row * columns,
    );
  }
  const dataset = { ...sample, modalities: [{ ...image, columns, values }] };
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 1.5 * 2 ** 20 };
  const settings = { dim: 16, batch: 512, neighbours: "5" };
  const whole = await trained(gpu, dataset, settings, 1);
  const blocks = await trained({ ...gpu, limits }, dataset, settings, 1);
  whole.losses.forEach((loss, n) => assertAlmostEquals(blocks.losses[n], loss, 1e-6 * loss));
  assertEquals(Object.keys(blocks.test).length, 16);
});

Deno.test("smore keeps as many frequency bins as it is told", async () => {
  const all = await trained(gpu, sample, { dim: 16, batch: 512, keep_bins: 9 }, 1);
  const same = await trained(gpu, sample, { dim: 16, batch: 512, keep_bins: 0 }, 1);
  const few = await trained(gpu, sample, { dim: 16, batch: 512, keep_bins: 2 }, 1);
  assertEquals(same.losses, all.losses);
  assert(few.losses[0] !== all.losses[0]);
});

Deno.test("smore trains with each denoiser, each in its own way", async () => {
  const settings = { dim: 16, batch: 512, learning_rate: 5e-3 };
  const seen = new Set<number>();
  for (const denoiser of ["fourier", "attention", "graph", "none"]) {
    const { losses } = await trained(gpu, sample, { ...settings, denoiser }, 2);
    assertFalling(losses, `losses with ${denoiser}`);
    seen.add(losses[0]);
  }
  assertEquals(seen.size, 4);
});

Deno.test("smore with frozen features leaves the tables alone", async () => {
  const frozen = await trained(gpu, sample, { dim: 16, batch: 512, features: "frozen" }, 2);
  const moved = await trained(gpu, sample, { dim: 16, batch: 512 }, 2);
  // The first steps are the same but for rounding; then the tables have moved.
  assertAlmostEquals(frozen.losses[0], moved.losses[0], 0.05);
  assert(frozen.losses[1] !== moved.losses[1]);
});
