import { assertAlmostEquals, assertEquals } from "@std/assert";
import { uniforms } from "../../../algebra/random_sequence.ts";
import { principalComponents } from "../../../models/backbone/principal_components.ts";
import { symmetricEigen } from "../../../algebra/symmetric_eigen.ts";
import { assertEach } from "../../assert_each.ts";
import { testGpu } from "../../gpu/test_gpu.ts";

const gpu = await testGpu();

/** Features whose variance falls by column, so that components are far apart. */
function table(rows: number, columns: number) {
  const next = uniforms(rows);
  const values = Float32Array.from(
    { length: rows * columns },
    (_, n) => (next() - 0.3) / (1 + n % columns),
  );
  return { name: "image", rows, columns, values };
}

Deno.test("principalComponents() keeps what the exact decomposition keeps", async () => {
  for (const [rows, columns, kept] of [[50, 8, 3], [400, 120, 20], [30, 6, 6], [200, 60, 1]]) {
    const modality = table(rows, columns);
    const means = Array.from({ length: columns }, (_, c) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += modality.values[row * columns + c];
      return sum / rows;
    });
    const gram = new Float64Array(columns * columns);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j < columns; j++) {
          gram[i * columns + j] += (modality.values[row * columns + i] - means[i]) *
            (modality.values[row * columns + j] - means[j]);
        }
      }
    }
    const { values } = symmetricEigen(gram, columns);
    const sum = (of: Float64Array) => of.reduce((total, value) => total + value, 0);
    const { modality: reduced, keptVariance } = await principalComponents(gpu, modality, kept);
    assertEquals([reduced.rows, reduced.columns], [rows, kept]);
    assertAlmostEquals(keptVariance, sum(values.slice(0, kept)) / sum(values), 1e-4);
    for (let k = 0; k < kept; k++) {
      let squares = 0;
      for (let row = 0; row < rows; row++) squares += reduced.values[row * kept + k] ** 2;
      assertAlmostEquals(squares, values[k], 1e-3 * values[0], `component ${k}`);
    }
  }
});

Deno.test("principalComponents() in row blocks equals that in one", async () => {
  const modality = table(300, 100);
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 128 * 100 * 4 };
  const whole = await principalComponents(gpu, modality, 5);
  const blocks = await principalComponents({ ...gpu, limits }, modality, 5);
  assertAlmostEquals(blocks.keptVariance, whole.keptVariance, 1e-6);
  blocks.modality.values.forEach((value, n) =>
    assertAlmostEquals(Math.abs(value), Math.abs(whole.modality.values[n]), 1e-3, `value ${n}`)
  );
});

Deno.test("principalComponents() of equal rows keeps everything there is", async () => {
  const modality = { name: "image", rows: 4, columns: 3, values: new Float32Array(12).fill(2) };
  const { keptVariance, modality: reduced } = await principalComponents(gpu, modality, 2);
  assertEquals(keptVariance, 1);
  assertEach(reduced.values, (value) => Math.abs(value) < 1e-6, "less than 1e-6");
});
