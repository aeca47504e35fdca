import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { contentHashes } from "../../../data/content_hashes.ts";
import type { Modality } from "../../../data/dataset.ts";
import { readDataset } from "../../../data/folder.ts";
import { UsageError } from "../../../errors.ts";
import { projected, quantised } from "../../../lab/study/feature_loss.ts";
import { withNoise } from "../../../lab/study/feature_noise.ts";
import { chosenModalities, halved } from "../../../lab/study/modality_choice.ts";
import { transformed } from "../../../lab/study/transformation.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
const { modalities } = sample;

const columnOf = ({ rows, columns, values }: Modality, column: number) =>
  Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]);
const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
function covariance(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  return a.reduce((sum, value, n) => sum + (value - ma) * (b[n] - mb), 0) / a.length;
}
const correlation = (a: Float64Array, b: Float64Array) =>
  covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
/** What was added to a column. */
const added = (noisy: Modality, clean: Modality, column: number) => {
  const [after, before] = [columnOf(noisy, column), columnOf(clean, column)];
  return after.map((value, n) => value - before[n]);
};

Deno.test("withNoise() reaches the signal-to-noise ratio in every column", () => {
  for (const snr of [20, 0, -10]) {
    for (const correlation of [0, 0.5, 1]) {
      withNoise(modalities, { snr, correlation }, 3).forEach((noisy, m) => {
        for (let column = 0; column < noisy.columns; column += 7) {
          const signal = columnOf(modalities[m], column);
          const noise = added(noisy, modalities[m], column);
          const ratio = covariance(signal, signal) / covariance(noise, noise);
          assertAlmostEquals(10 * Math.log10(ratio), snr, 1e-3, `${noisy.name} ${column}`);
          assertAlmostEquals(mean(noise), 0, 1e-5);
        }
      });
    }
  }
});

Deno.test("withNoise() correlates the noise of modalities as it is told, column by column", () => {
  const { rows } = modalities[0];
  for (const wanted of [0, 0.5, 1]) {
    const noisy = withNoise(modalities, { snr: 0, correlation: wanted }, 1);
    const between = [0, 5, 31].map((column) =>
      correlation(
        added(noisy[0], modalities[0], column),
        added(noisy[1], modalities[1], column),
      )
    );
    // Four standard errors of a correlation; where all of the noise is shared it is exact.
    const error = wanted === 1 ? 1e-6 : 4 / Math.sqrt(rows);
    for (const found of between) assertAlmostEquals(found, wanted, error);
    // Columns of one modality have noise of their own.
    const within = correlation(
      added(noisy[0], modalities[0], 0),
      added(noisy[0], modalities[0], 1),
    );
    assertAlmostEquals(within, 0, 4 / Math.sqrt(rows));
  }
});

Deno.test("withNoise() leaves constant columns and what it is given, and follows from the seed", () => {
  const values = new Float32Array([5, 1, 5, 2, 5, 4]);
  const modality = { name: "image", rows: 3, columns: 2, values: values.slice() };
  const noise = { snr: 0, correlation: 0 };
  const [first] = withNoise([modality], noise, 1);
  assertEquals([...columnOf(first, 0)], [5, 5, 5]);
  assertEquals(modality.values, values);
  assertEquals(withNoise([modality], noise, 1)[0].values, first.values);
  assert(withNoise([modality], noise, 2)[0].values[1] !== first.values[1]);
});

Deno.test("projected() keeps a share of the columns, and distances on average", () => {
  const [image] = modalities;
  const few = projected(image, 0.5, 1);
  assertEquals([few.rows, few.columns], [image.rows, image.columns / 2]);
  assertEquals(projected(image, 1e-9, 1).columns, 1);
  assertEquals(projected(image, 0.5, 1).values, few.values);
  const distance = ({ columns, values }: Modality, a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      sum += (values[a * columns + c] - values[b * columns + c]) ** 2;
    }
    return sum;
  };
  const ratios = Array.from(
    { length: 100 },
    (_, n) => distance(few, n, n + 200) / distance(image, n, n + 200),
  );
  assertAlmostEquals(ratios.reduce((sum, one) => sum + one, 0) / 100, 1, 0.2);
});

Deno.test("quantised() takes each value to the nearest of 2^bits levels", () => {
  for (const bits of [1, 2, 8]) {
    const [image] = modalities;
    const coarse = quantised(image, bits);
    for (const column of [0, 33]) {
      const [before, after] = [columnOf(image, column), columnOf(coarse, column)];
      assert(new Set(after).size <= 2 ** bits);
      const [least, greatest] = [Math.min(...before), Math.max(...before)];
      assertAlmostEquals(Math.min(...after), least, 1e-6);
      assertAlmostEquals(Math.max(...after), greatest, 1e-6);
      const half = (greatest - least) / (2 ** bits - 1) / 2;
      after.forEach((value, n) => assert(Math.abs(value - before[n]) <= half + 1e-6));
    }
  }
});

Deno.test("halved() cuts a modality in two and loses nothing", () => {
  const [image, text] = modalities;
  const parts = halved(modalities, "image");
  assertEquals(parts.map(({ name }) => name), ["image_a", "image_b", "text"]);
  const [a, b] = parts;
  assertEquals(a.columns + b.columns, image.columns);
  assertEquals(columnOf(a, 3), columnOf(image, 3));
  assertEquals(columnOf(b, 0), columnOf(image, a.columns));
  assertEquals(parts[2], text);
  assertThrows(
    () => halved([{ ...projected(text, 1e-9, 1) }], "text"),
    UsageError,
    "it has 1 column",
  );
});

Deno.test("chosenModalities() refuses a modality that there is not, with the nearest", () => {
  assertEquals(chosenModalities(modalities, ["text"]), [modalities[1]]);
  const error = assertThrows(() => chosenModalities(modalities, ["imgae"]), UsageError, '"imgae"');
  assertEquals(error.nextStep, 'Did you mean "image"?');
});

Deno.test("transformed() changes features alone, and the hashes of what it changed", () => {
  const steps = {
    split: ["image"],
    modalities: ["image_a", "text"],
    noise: { snr: 3, correlation: 1 },
    projection: 0.5,
    bits: 4,
  };
  const changed = transformed(sample, steps, 1);
  assertEquals(changed.modalities.map(({ name, columns }) => `${name} ${columns}`), [
    "image_a 16",
    "text 16",
  ]);
  assertEquals({ ...changed, modalities }, sample);
  const [before, after] = [contentHashes(sample), contentHashes(changed)];
  assertEquals(before.interactions, after.interactions);
  assert(before["text_feat.npy"] !== after["text_feat.npy"]);
  assertEquals(transformed(sample, {}, 1), sample);
});
